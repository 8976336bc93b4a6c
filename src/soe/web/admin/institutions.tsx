// The list of institutions, and adding one. What is done with one of them: institution.tsx.
import { randomUUID } from 'node:crypto'
import { showCnpj } from '#shared/kit/identifiers/cnpj.ts'
import type { Problem } from '#shared/problems.ts'
import { TextField } from '#shared/ui/fields.tsx'
import { Empty } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import type { Answer } from '#shared/web/site.ts'
import { registerInstitution } from '#soe/institutions/actions.ts'
import { INSTITUTION_FILTERS, type Institution, institutionsPage } from '#soe/institutions/reads.ts'
import { readNewInstitution } from '#soe/institutions/rules.ts'
import { ADMINISTRATION, type AdminVisit, adminPage, after } from '#soe/web/admin/pages.tsx'
import { faultAt, formKey } from '#soe/web/master/pages.tsx'
import { Pager, readAsked, SearchForm } from '#soe/web/searched-list.tsx'
import type { Words } from '#words/words.ts'

const PATH = `${ADMINISTRATION}/instituicoes`
const NEW = `${PATH}/nova`
export const institutionPath = (id: number) => `${PATH}/${id}`

export async function listInstitutions(visit: AdminVisit): Promise<Answer> {
  const { words } = visit
  const text = words.soeAdmin.institutions
  const asked = readAsked(visit.query, INSTITUTION_FILTERS)
  const { institutions, more } = await institutionsPage(visit.tx, asked)
  const body = (
    <>
      <div class="head first">
        <div>
          <h1>{text.title}</h1>
          <p class="hint">{text.lead}</p>
        </div>
        <div class="acts">
          <a class="btn pri" href={NEW}>
            <Icon name="plus" />
            {text.add}
          </a>
        </div>
      </div>
      <SearchForm action={PATH} text={text} asked={asked} filters={INSTITUTION_FILTERS} />
      <section class="card">
        {institutions.length === 0 ? (
          <Empty icon="building-bank" title={text.emptyTitle} text={text.emptyText} />
        ) : (
          <Table words={words} institutions={institutions} />
        )}
        <Pager words={words} action={PATH} asked={asked} more={more} />
      </section>
    </>
  )
  return adminPage(visit, { title: text.title, path: PATH, body })
}

function Table({ words, institutions }: { words: Words; institutions: readonly Institution[] }) {
  const { institutions: text, status } = words.soeAdmin
  return (
    <div class="scroll">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col">{text.cnpj}</th>
            <th scope="col">{text.state}</th>
            <th scope="col" class="num">
              {text.masters}
            </th>
            <th scope="col" class="num">
              {text.operators}
            </th>
          </tr>
        </thead>
        <tbody>
          {institutions.map((one) => (
            <tr key={one.id}>
              <td>
                <a href={institutionPath(one.id)}>{one.name}</a>
              </td>
              <td>
                <span class="code">{showCnpj(one.cnpj)}</span>
              </td>
              <td>{status[one.status]}</td>
              <td class="num" data-label={text.masters}>
                {one.masters}
              </td>
              <td class="num" data-label={text.operators}>
                {one.operators}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface Typed {
  readonly cnpj: string
  readonly name: string
  readonly requestKey: string
}

export async function newInstitution(visit: AdminVisit): Promise<Answer> {
  return addPage(visit, { cnpj: '', name: '', requestKey: randomUUID() }, [])
}

export async function takeInstitution(visit: AdminVisit): Promise<Answer> {
  const typed = {
    cnpj: visit.field('cnpj').slice(0, 40),
    name: visit.field('nome').slice(0, 300),
    requestKey: formKey(visit),
  }
  const read = readNewInstitution(typed)
  if (!read.ok) return addPage(visit, typed, read.problems)
  const done = await registerInstitution(visit.doing, { ...read.value, requestKey: typed.requestKey })
  return done.ok ? after(institutionPath(done.value), 'instituicao') : addPage(visit, typed, done.problems)
}

function addPage(visit: AdminVisit, typed: Typed, problems: readonly Problem[]): Answer {
  const { words } = visit
  const { institutions: text, newInstitution: own } = words.soeAdmin
  const taken = problems.find((one) => one.code === 'cnpj-taken')?.with?.id
  const body = (
    <form class="card" method="post" action={NEW} noValidate>
      <input type="hidden" name="chave" value={typed.requestKey} />
      <div class="sect stack">
        <h1>{own.title}</h1>
        <p class="hint">{own.lead}</p>
        <TextField
          id="cnpj"
          name="cnpj"
          label={text.cnpj}
          hint={own.cnpjHint}
          error={faultAt(words, problems, 'cnpj')}
          value={typed.cnpj}
          maxLength={40}
          code
          required
        />
        {taken === undefined ? null : (
          <p>
            <a href={institutionPath(Number(taken))}>{own.taken}</a>
          </p>
        )}
        <TextField
          id="nome"
          name="nome"
          label={text.name}
          hint={own.nameHint}
          error={faultAt(words, problems, 'nome')}
          value={typed.name}
          maxLength={254}
          required
        />
        <div class="acts">
          <button class="btn pri" type="submit">
            {own.submit}
          </button>
          <a class="btn" href={PATH}>
            {words.soeHouse.back}
          </a>
        </div>
      </div>
    </form>
  )
  return adminPage(visit, { title: own.title, path: NEW, body, problems })
}
