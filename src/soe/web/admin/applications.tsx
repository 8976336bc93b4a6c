// The list of applications that trust SOE/WEB, and registering one. What is done with one of them: application.tsx.
import type { Problem } from '#shared/problems.ts'
import { TextField } from '#shared/ui/fields.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import type { Answer } from '#shared/web/site.ts'
import { newSecret, registerApplication } from '#soe/applications/actions.ts'
import { type Application, applications } from '#soe/applications/reads.ts'
import { readApplication, readApplicationId, type TypedApplication } from '#soe/applications/rules.ts'
import {
  ApplicationFields,
  keyPage,
  openSecret,
  sealSecret,
  typedApplication,
} from '#soe/web/admin/application-parts.tsx'
import { ADMINISTRATION, type AdminVisit, adminPage } from '#soe/web/admin/pages.tsx'
import { faultAt } from '#soe/web/master/pages.tsx'

const PATH = `${ADMINISTRATION}/aplicacoes`
const NEW = `${PATH}/nova`
export const applicationPath = (id: string) => `${PATH}/${id}`

export async function listApplications(visit: AdminVisit): Promise<Answer> {
  const text = visit.words.soeAdmin.applications
  const found = await applications(visit.tx)
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
      <section class="card">
        <Table visit={visit} applications={found} />
      </section>
    </>
  )
  return adminPage(visit, { title: text.title, path: PATH, body })
}

function Table({ visit, applications }: { visit: AdminVisit; applications: readonly Application[] }) {
  const { words, pages } = visit
  const { applications: text, status } = words.soeAdmin
  return (
    <div class="scroll">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col">{text.id}</th>
            <th scope="col">{text.state}</th>
            <th scope="col">{text.redirect}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              EPROD
              <div class="hint">{text.installed}</div>
            </td>
            <td>
              <span class="code">{pages.client.id}</span>
            </td>
            <td>{status.active}</td>
            <td class="address">{pages.client.redirectUris.join(' ')}</td>
          </tr>
          {applications.map((one) => (
            <tr key={one.id}>
              <td>
                <a href={applicationPath(one.id)}>{one.name}</a>
              </td>
              <td>
                <span class="code">{one.id}</span>
              </td>
              <td>{status[one.status]}</td>
              <td class="address">{one.redirectUris.join(' ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const NOTHING = { name: '', redirectUris: '', postLogoutUris: '', backchannelLogoutUri: '' }

interface Typed {
  readonly id: string
  readonly data: TypedApplication
  /** The secret, sealed: it counts once the form is accepted, and the same form sent twice shows the same one. */
  readonly sealed: string
}

export async function newApplication(visit: AdminVisit): Promise<Answer> {
  return addPage(visit, { id: '', data: NOTHING, sealed: sealSecret(visit, newSecret()) }, [])
}

export async function takeApplication(visit: AdminVisit): Promise<Answer> {
  const secret = openSecret(visit) ?? newSecret()
  const typed = {
    id: visit.field('identificador').slice(0, 80),
    data: typedApplication(visit),
    sealed: sealSecret(visit, secret),
  }
  const id = readApplicationId(typed.id)
  const data = readApplication(typed.data)
  if (!id.ok || !data.ok)
    return addPage(visit, typed, [...(id.ok ? [] : id.problems), ...(data.ok ? [] : data.problems)])
  const given = { data: data.value, secret, reserved: visit.pages.client.id }
  const done = await registerApplication(visit.doing, id.value, given)
  return done.ok ? keyPage(visit, { id: id.value, secret }) : addPage(visit, typed, done.problems)
}

function addPage(visit: AdminVisit, typed: Typed, problems: readonly Problem[]): Answer {
  const { words } = visit
  const { applications: text, application } = words.soeAdmin
  const body = (
    <form class="card" method="post" action={NEW} noValidate>
      <input type="hidden" name="andamento" value={typed.sealed} />
      <div class="sect stack">
        <h1>{text.add}</h1>
        <p class="hint">{application.newLead}</p>
        <TextField
          id="identificador"
          name="identificador"
          label={text.id}
          hint={application.idHint}
          error={faultAt(words, problems, 'identificador')}
          value={typed.id}
          maxLength={40}
          code
          required
        />
        <ApplicationFields words={words} typed={typed.data} problems={problems} />
        <div class="acts">
          <button class="btn pri" type="submit">
            {application.register}
          </button>
          <a class="btn" href={PATH}>
            {words.soeHouse.back}
          </a>
        </div>
      </div>
    </form>
  )
  return adminPage(visit, { title: text.add, path: NEW, body, problems })
}
