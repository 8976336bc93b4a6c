// The log of sign-ins at /soe/administracao/entradas: who, when, from where, by which means, with what result.
import { showInstant } from '#shared/kit/dates.ts'
import { maskCpf } from '#shared/kit/identifiers/cpf.ts'
import type { Problem } from '#shared/problems.ts'
import { SelectField, TextField } from '#shared/ui/fields.tsx'
import { Empty } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import type { Answer } from '#shared/web/site.ts'
import { SIGN_INS_A_PAGE, type SignIn, signInsPage } from '#soe/sign-ins/reads.ts'
import { readDays, readPlace, SIGN_IN_RESULTS, writePlace } from '#soe/sign-ins/rules.ts'
import { institutionPath } from '#soe/web/admin/institutions.tsx'
import { ADMINISTRATION, type AdminVisit, adminPage } from '#soe/web/admin/pages.tsx'
import { faultAt } from '#soe/web/master/pages.tsx'
import type { Words } from '#words/words.ts'

const PATH = `${ADMINISTRATION}/entradas`
const FILTERS = ['pessoa', 'instituicao', 'resultado', 'de', 'ate'] as const
type Typed = Readonly<Record<(typeof FILTERS)[number], string>>

export async function listSignIns(visit: AdminVisit): Promise<Answer> {
  const text = visit.words.soeAdmin.signIns
  const typed = Object.fromEntries(FILTERS.map((name) => [name, visit.query(name).slice(0, 80)])) as Typed
  const days = readDays({ from: typed.de, until: typed.ate })
  const after = readPlace(visit.query('depois'))
  const asked = {
    person: typed.pessoa,
    institution: typed.instituicao,
    result: SIGN_IN_RESULTS.find((one) => one === typed.resultado),
    after,
  }
  const rows = days.ok ? await signInsPage(visit.tx, { ...asked, ...days.value }) : []
  const problems = days.ok ? [] : days.problems
  const body = (
    <>
      <div class="head first">
        <div>
          <h1>{text.title}</h1>
          <p class="hint">{text.lead}</p>
        </div>
      </div>
      <Filters words={visit.words} typed={typed} problems={problems} />
      <section class="card">
        {rows.length === 0 ? (
          <Empty icon="login-2" title={text.emptyTitle} text={text.emptyText} />
        ) : (
          <Table words={visit.words} rows={rows.slice(0, SIGN_INS_A_PAGE)} />
        )}
        <Places words={visit.words} typed={typed} rows={rows} first={after === undefined} />
      </section>
    </>
  )
  return adminPage(visit, { title: text.title, path: PATH, body, problems })
}

function Filters({ words, typed, problems }: { words: Words; typed: Typed; problems: readonly Problem[] }) {
  const text = words.soeAdmin.signIns
  const choices = SIGN_IN_RESULTS.map((value) => ({ value, label: text.results[value] }))
  const date = (name: 'de' | 'ate', label: string) => (
    <TextField
      id={name}
      name={name}
      type="date"
      label={label}
      error={faultAt(words, problems, name)}
      value={typed[name]}
    />
  )
  return (
    <form class="card filters" action={PATH} noValidate>
      <TextField id="pessoa" name="pessoa" label={text.person} value={typed.pessoa} maxLength={80} />
      <TextField
        id="instituicao"
        name="instituicao"
        label={text.institution}
        value={typed.instituicao}
        maxLength={80}
      />
      <SelectField
        id="resultado"
        name="resultado"
        label={text.result}
        value={typed.resultado}
        choices={choices}
        choose={text.any}
      />
      {date('de', text.from)}
      {date('ate', text.until)}
      <button type="submit" class="btn pri">
        <Icon name="search" />
        {text.apply}
      </button>
    </form>
  )
}

function Table({ words, rows }: { words: Words; rows: readonly SignIn[] }) {
  const text = words.soeAdmin.signIns
  return (
    <div class="scroll">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{text.at}</th>
            <th scope="col">{text.who}</th>
            <th scope="col">{text.institutionColumn}</th>
            <th scope="col">{text.result}</th>
            <th scope="col">{text.means}</th>
            <th scope="col">{text.address}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={writePlace(row)}>
              <td>{showInstant(row.at)}</td>
              <td>
                {row.name ?? text.unknown}
                {row.cpf ? <div class="hint">CPF {maskCpf(row.cpf)}</div> : null}
              </td>
              <td>{row.institutionId ? <a href={institutionPath(row.institutionId)}>{row.institution}</a> : null}</td>
              <td>{text.results[row.result]}</td>
              <td>{meansText(words, row)}</td>
              <td>{row.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** By what one came in, or why one did not. */
function meansText(words: Words, row: SignIn): string {
  const { values } = words.soeHouse
  if (row.result === 'contida') return words.soeAdmin.signIns.slowed
  if (row.why) return values[row.why] ?? row.why
  return row.methods.map((one) => values[one] ?? one).join(' + ')
}

function Places(props: { words: Words; typed: Typed; rows: readonly SignIn[]; first: boolean }) {
  const { words, typed, rows, first } = props
  const last = rows.length > SIGN_INS_A_PAGE ? rows[SIGN_INS_A_PAGE - 1] : undefined
  const given = Object.entries(typed).filter(([, value]) => value !== '')
  const to = (more: Record<string, string>) => `${PATH}?${new URLSearchParams([...given, ...Object.entries(more)])}`
  if (!last && first) return null
  return (
    <div class="pag">
      <div class="acts">
        {first ? null : (
          <a class="btn" href={to({})}>
            {words.soeAdmin.signIns.newest}
          </a>
        )}
        {last ? (
          <a class="btn" href={to({ depois: writePlace(last) })}>
            {words.soeHouse.audit.older}
          </a>
        ) : null}
      </div>
    </div>
  )
}
