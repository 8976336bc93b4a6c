// One institution: its name, its status, its masters, what was changed. What changes it: soe/institutions/actions.ts.
import { showInstant } from '#shared/kit/dates.ts'
import { showCnpj } from '#shared/kit/identifiers/cnpj.ts'
import { found, Refusal } from '#shared/refusals.ts'
import { FieldError, TextField } from '#shared/ui/fields.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import type { Answer } from '#shared/web/site.ts'
import { institutionChanges } from '#soe/audit/reads.ts'
import { nameMaster, renameInstitution, setInstitutionStatus } from '#soe/institutions/actions.ts'
import { institutionById } from '#soe/institutions/reads.ts'
import { readInstitutionName } from '#soe/institutions/rules.ts'
import { sendLink, setMaster, takeSecondFactor } from '#soe/operators/actions.ts'
import { mastersOf, operatorById } from '#soe/operators/reads.ts'
import { type InstitutionPart, type InstitutionView, Masters } from '#soe/web/admin/institution-masters.tsx'
import { institutionPath } from '#soe/web/admin/institutions.tsx'
import { ADMINISTRATION, type AdminVisit, adminPage, after } from '#soe/web/admin/pages.tsx'
import { AuditTable } from '#soe/web/master/audit.tsx'
import { faultAt, formKey, Section, uuidOf } from '#soe/web/master/pages.tsx'

const SHOWN = 20

function idOf(visit: AdminVisit): number {
  const { id = '' } = visit.request.params as { id?: string }
  if (!/^[1-9]\d{0,8}$/.test(id)) throw new Refusal('not-found')
  return Number(id)
}

export const showInstitution = (visit: AdminVisit): Promise<Answer> => institutionPage(visit, {})

export async function saveName(visit: AdminVisit): Promise<Answer> {
  const typed = visit.field('nome').slice(0, 300)
  const name = readInstitutionName(typed)
  if (!name.ok) return institutionPage(visit, { name: typed, problems: name.problems })
  await renameInstitution(visit.doing, idOf(visit), name.value)
  return after(institutionPath(idOf(visit)), 'nome')
}

export async function saveStatus(visit: AdminVisit): Promise<Answer> {
  const id = idOf(visit)
  const status = visit.field('situacao') === 'active' ? 'active' : 'suspended'
  const done = await setInstitutionStatus(visit.doing, id, status)
  if (!done.ok) return institutionPage(visit, { problems: done.problems })
  return after(institutionPath(id), status === 'active' ? 'reativada' : 'suspensa')
}

export async function saveMaster(visit: AdminVisit): Promise<Answer> {
  const id = idOf(visit)
  const master = {
    cpf: visit.field('cpf').slice(0, 40),
    name: visit.field('nome-master').slice(0, 300),
    email: visit.field('email').slice(0, 300),
  }
  const done = await nameMaster(visit.doing, id, { ...master, requestKey: formKey(visit) })
  if (done.ok) return after(institutionPath(id), done.value === 'invited' ? 'convidado' : 'master')
  // The name of the institution stands on the same page.
  const problems = done.problems.map((one) => (one.field === 'nome' ? { ...one, field: 'nome-master' } : one))
  return institutionPage(visit, { master, problems })
}

/** A master of this institution. */
async function masterOf(visit: AdminVisit): Promise<string> {
  const id = uuidOf(visit.request, 'master')
  const operator = found(await operatorById(visit.tx, id))
  if (operator.institutionId !== idOf(visit)) throw new Refusal('not-found')
  return id
}

export async function withdrawMaster(visit: AdminVisit): Promise<Answer> {
  const done = await setMaster(visit.doing, await masterOf(visit), false)
  return done.ok ? after(institutionPath(idOf(visit)), 'retirado') : institutionPage(visit, { problems: done.problems })
}

export async function linkMaster(visit: AdminVisit): Promise<Answer> {
  const done = await sendLink(visit.doing, await masterOf(visit))
  if (done.ok) return after(institutionPath(idOf(visit)), 'link')
  return institutionPage(visit, { problems: done.problems.map((one) => ({ ...one, field: 'master' })) })
}

export async function takeMasterFactor(visit: AdminVisit): Promise<Answer> {
  const done = await takeSecondFactor(visit.doing, await masterOf(visit))
  if (done.ok) return after(institutionPath(idOf(visit)), 'fator')
  return institutionPage(visit, { problems: done.problems.map((one) => ({ ...one, field: 'master' })) })
}

async function institutionPage(visit: AdminVisit, view: InstitutionView): Promise<Answer> {
  const institution = found(await institutionById(visit.tx, idOf(visit)))
  const masters = await mastersOf(visit.tx, institution.id)
  const history = await institutionChanges(visit.tx, institution.id)
  const text = visit.words.soeAdmin
  const part = { visit, institution, view }
  const signIns = `${ADMINISTRATION}/entradas?${new URLSearchParams({ instituicao: institution.cnpj })}`
  const body = (
    <>
      <div class="head first">
        <div>
          <h1>{institution.name}</h1>
          <p class="hint">
            {text.status[institution.status]} · CNPJ {showCnpj(institution.cnpj)} ·{' '}
            {text.institution.since(showInstant(institution.createdAt))}
          </p>
        </div>
        <div class="acts">
          <a class="btn" href={signIns}>
            <Icon name="login-2" />
            {text.menu.signIns}
          </a>
        </div>
      </div>
      <Masters {...part} masters={masters} />
      <Data {...part} />
      <Status {...part} />
      <section class="card">
        <div class="sect">
          <h2>{text.history}</h2>
        </div>
        <AuditTable words={visit.words} rows={history.slice(0, SHOWN)} about={(row) => row.about} />
      </section>
    </>
  )
  const path = institutionPath(institution.id)
  return adminPage(visit, { title: institution.name, path, body, problems: view.problems ?? [] })
}

function Data({ visit, institution, view }: InstitutionPart) {
  const { words } = visit
  const text = words.soeAdmin
  return (
    <Section title={text.institution.data}>
      <form method="post" action={`${institutionPath(institution.id)}/dados`} noValidate>
        <TextField
          id="nome"
          name="nome"
          label={text.institutions.name}
          hint={text.institution.nameHint}
          error={faultAt(words, view.problems ?? [], 'nome')}
          value={view.name ?? institution.name}
          maxLength={254}
          required
        />
        <div class="acts">
          <button class="btn" type="submit">
            {words.soeHouse.save}
          </button>
        </div>
      </form>
    </Section>
  )
}

function Status({ visit, institution, view }: InstitutionPart) {
  const { words } = visit
  const text = words.soeAdmin.institution
  const active = institution.status === 'active'
  return (
    <Section title={text.access}>
      <p class="hint">{active ? text.suspendHint : text.reactivateHint}</p>
      <form id="situacao" method="post" action={`${institutionPath(institution.id)}/situacao`}>
        <FieldError id="situacao" error={faultAt(words, view.problems ?? [], 'situacao')} />
        <div class="acts">
          <button
            class={active ? 'btn bad' : 'btn'}
            type="submit"
            name="situacao"
            value={active ? 'suspended' : 'active'}
          >
            {active ? text.suspend : text.reactivate}
          </button>
        </div>
      </form>
    </Section>
  )
}
