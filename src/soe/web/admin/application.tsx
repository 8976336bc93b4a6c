// One application: its addresses, its secrets, its status, what was changed. What changes it: soe/applications/actions.ts.
import { showInstant } from '#shared/kit/dates.ts'
import type { Problem } from '#shared/problems.ts'
import { found } from '#shared/refusals.ts'
import { SelectField } from '#shared/ui/fields.tsx'
import type { Answer } from '#shared/web/site.ts'
import { editApplication, newSecret, rotateSecret, setApplicationStatus } from '#soe/applications/actions.ts'
import { type Application, applicationById, type KeptSecret, secretsOf } from '#soe/applications/reads.ts'
import { OVERLAP_HOURS, readApplication, readOverlap, type TypedApplication } from '#soe/applications/rules.ts'
import { applicationChanges } from '#soe/audit/reads.ts'
import {
  ApplicationFields,
  keyPage,
  openSecret,
  sealSecret,
  typedApplication,
} from '#soe/web/admin/application-parts.tsx'
import { applicationPath } from '#soe/web/admin/applications.tsx'
import { type AdminVisit, adminPage, after } from '#soe/web/admin/pages.tsx'
import { AuditTable } from '#soe/web/master/audit.tsx'
import { faultAt, Section } from '#soe/web/master/pages.tsx'

const SHOWN = 20
const HOUR_MS = 3_600_000
const idOf = ({ request }: AdminVisit): string => (request.params as { id?: string }).id ?? ''

export const showApplication = (visit: AdminVisit): Promise<Answer> => applicationPage(visit, {})

export async function saveApplication(visit: AdminVisit): Promise<Answer> {
  const typed = typedApplication(visit)
  const read = readApplication(typed)
  if (!read.ok) return applicationPage(visit, { typed, problems: read.problems })
  await editApplication(visit.doing, idOf(visit), read.value)
  return after(applicationPath(idOf(visit)), 'aplicacao')
}

export async function saveApplicationStatus(visit: AdminVisit): Promise<Answer> {
  const status = visit.field('situacao') === 'active' ? 'active' : 'suspended'
  await setApplicationStatus(visit.doing, idOf(visit), status)
  return after(applicationPath(idOf(visit)), status === 'active' ? 'aplicacao-reativada' : 'aplicacao-suspensa')
}

export async function rotate(visit: AdminVisit): Promise<Answer> {
  const hours = readOverlap(visit.field('horas'))
  const secret = openSecret(visit)
  if (!hours.ok) return applicationPage(visit, { problems: hours.problems })
  // The form was open for longer than an hour: it is shown anew.
  if (secret === undefined) return applicationPage(visit, { problems: [{ field: 'horas', code: 'form-old' }] })
  const id = idOf(visit)
  await rotateSecret(visit.doing, id, { secret, hours: hours.value })
  const ends = showInstant(new Date(visit.now.getTime() + hours.value * HOUR_MS))
  const { key } = visit.words.soeAdmin
  return keyPage(visit, { id, secret, until: hours.value === 0 ? key.oldOver : key.oldUntil(ends) })
}

interface View {
  readonly typed?: TypedApplication
  readonly problems?: readonly Problem[]
}
interface Part {
  readonly visit: AdminVisit
  readonly application: Application
  readonly view: View
}

async function applicationPage(visit: AdminVisit, view: View): Promise<Answer> {
  const application = found(await applicationById(visit.tx, idOf(visit)))
  const secrets = await secretsOf(visit.tx, application.id)
  const history = await applicationChanges(visit.tx, application.id)
  const text = visit.words.soeAdmin
  const part = { visit, application, view }
  const body = (
    <>
      <div class="head first">
        <div>
          <h1>{application.name}</h1>
          <p class="hint">
            {text.status[application.status]} · <span class="code">{application.id}</span> ·{' '}
            {text.institution.since(showInstant(application.createdAt))}
          </p>
        </div>
      </div>
      <Secrets {...part} secrets={secrets} />
      <Data {...part} />
      <Status {...part} />
      <section class="card">
        <div class="sect">
          <h2>{text.history}</h2>
        </div>
        <AuditTable words={visit.words} rows={history.slice(0, SHOWN)} />
      </section>
    </>
  )
  const path = applicationPath(application.id)
  return adminPage(visit, { title: application.name, path, body, problems: view.problems ?? [] })
}

function Secrets({ visit, application, view, secrets }: Part & { secrets: readonly KeptSecret[] }) {
  const { words } = visit
  const text = words.soeAdmin.key
  const choices = OVERLAP_HOURS.map((hours) => ({ value: String(hours), label: text.overlaps[hours] }))
  return (
    <Section title={text.heading}>
      <SecretTable visit={visit} secrets={secrets} />
      <form method="post" action={`${applicationPath(application.id)}/chave`} noValidate>
        <input type="hidden" name="andamento" value={sealSecret(visit, newSecret())} />
        <h3>{text.rotateTitle}</h3>
        <p class="hint">{text.rotateLead}</p>
        <SelectField
          id="horas"
          name="horas"
          label={text.overlap}
          error={faultAt(words, view.problems ?? [], 'horas')}
          value="24"
          choices={choices}
          choose={text.choose}
        />
        <div class="acts">
          <button class="btn pri" type="submit">
            {text.rotate}
          </button>
        </div>
      </form>
    </Section>
  )
}

function SecretTable({ visit, secrets }: { visit: AdminVisit; secrets: readonly KeptSecret[] }) {
  const { words, now } = visit
  const text = words.soeAdmin.key
  const state = ({ endsAt }: KeptSecret) => {
    if (endsAt === null) return text.inUse
    return endsAt > now ? text.until(showInstant(endsAt)) : text.ended(showInstant(endsAt))
  }
  return (
    <div class="scroll">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{text.madeAt}</th>
            <th scope="col">{text.madeBy}</th>
            <th scope="col">{text.state}</th>
          </tr>
        </thead>
        <tbody>
          {secrets.map((one) => (
            <tr key={one.id}>
              <td>{showInstant(one.madeAt)}</td>
              <td>{one.madeBy ?? words.soeHouse.audit.system}</td>
              <td>{state(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Data({ visit, application, view }: Part) {
  const { words } = visit
  const typed = view.typed ?? {
    name: application.name,
    redirectUris: application.redirectUris.join('\n'),
    postLogoutUris: application.postLogoutUris.join('\n'),
    backchannelLogoutUri: application.backchannelLogoutUri ?? '',
  }
  return (
    <Section title={words.soeAdmin.application.data}>
      <form method="post" action={`${applicationPath(application.id)}/dados`} noValidate>
        <div class="stack">
          <ApplicationFields words={words} typed={typed} problems={view.problems ?? []} />
          <div class="acts">
            <button class="btn" type="submit">
              {words.soeHouse.save}
            </button>
          </div>
        </div>
      </form>
    </Section>
  )
}

function Status({ visit, application }: Part) {
  const { words } = visit
  const { application: text, institution } = words.soeAdmin
  const active = application.status === 'active'
  return (
    <Section title={institution.access}>
      <p class="hint">{active ? text.suspendHint : text.reactivateHint}</p>
      <form method="post" action={`${applicationPath(application.id)}/situacao`}>
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
