// Pieces of the pages of applications: the fields of their data, the secret on its way through a form, the page that shows it.
import { z } from 'zod'
import type { Problem } from '#shared/problems.ts'
import { seal, unseal } from '#shared/secrets.ts'
import { AreaField, TextField } from '#shared/ui/fields.tsx'
import { Notice } from '#shared/ui/form.tsx'
import type { Answer } from '#shared/web/site.ts'
import type { TypedApplication } from '#soe/applications/rules.ts'
import { ADMINISTRATION, type AdminVisit, adminPage } from '#soe/web/admin/pages.tsx'
import { faultAt } from '#soe/web/master/pages.tsx'
import type { Words } from '#words/words.ts'

const MINUTES = 60
const LONGEST = 6000
const purposeOf = ({ manager }: AdminVisit) => `client secret ${manager.accountId}`

/** A secret that a form carries to its own answer, for this administrator alone. */
export function sealSecret(visit: AdminVisit, secret: string): string {
  const until = visit.now.getTime() + MINUTES * 60_000
  return seal(visit.pages.key, purposeOf(visit), JSON.stringify({ secret, until }))
}

const carried = z.object({ secret: z.string(), until: z.number() })

/** The secret a form has brought; undefined: altered, another person's, or older than an hour. */
export function openSecret(visit: AdminVisit): string | undefined {
  const json = unseal(visit.pages.key, purposeOf(visit), visit.raw('andamento'))
  const read = json === undefined ? undefined : carried.parse(JSON.parse(json))
  return read && read.until > visit.now.getTime() ? read.secret : undefined
}

export function typedApplication(visit: AdminVisit): TypedApplication {
  return {
    name: visit.field('nome').slice(0, 300),
    redirectUris: visit.field('retorno').slice(0, LONGEST),
    postLogoutUris: visit.field('saida').slice(0, LONGEST),
    backchannelLogoutUri: visit.field('aviso').slice(0, LONGEST),
  }
}

export function ApplicationFields(props: { words: Words; typed: TypedApplication; problems: readonly Problem[] }) {
  const { words, typed, problems } = props
  const { applications, application: text } = words.soeAdmin
  const error = (field: string) => faultAt(words, problems, field)
  return (
    <>
      <TextField
        id="nome"
        name="nome"
        label={applications.name}
        hint={text.nameHint}
        error={error('nome')}
        value={typed.name}
        maxLength={254}
        required
      />
      <AreaField
        id="retorno"
        name="retorno"
        label={applications.redirect}
        hint={text.redirectHint}
        error={error('retorno')}
        value={typed.redirectUris}
        rows={3}
        required
      />
      <AreaField
        id="saida"
        name="saida"
        label={text.postLogout}
        hint={text.postLogoutHint}
        error={error('saida')}
        optional={text.optional}
        value={typed.postLogoutUris}
        rows={3}
      />
      <TextField
        id="aviso"
        name="aviso"
        label={text.notice}
        hint={text.noticeHint}
        error={error('aviso')}
        optional={text.optional}
        value={typed.backchannelLogoutUri}
        inputMode="text"
      />
    </>
  )
}

/** The secret, shown in the answer to the form that has put it in use and nowhere else. */
export function keyPage(visit: AdminVisit, view: { id: string; secret: string; until?: string }): Answer {
  const { words, pages } = visit
  const { key: text } = words.soeAdmin
  const path = `${ADMINISTRATION}/aplicacoes/${view.id}`
  const facts = [
    [text.issuer, `${pages.origin}/soe`],
    ['client_id', view.id],
    ['client_secret', view.secret],
  ] as const
  const body = (
    <section class="card">
      <div class="sect stack">
        <h1>{text.title}</h1>
        <Notice tone="warn" live>
          <p>{text.once}</p>
        </Notice>
        <dl class="known">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <code class="code">{value}</code>
              </dd>
            </div>
          ))}
        </dl>
        {view.until ? <p>{view.until}</p> : null}
        <p class="hint">{text.how}</p>
        <div class="acts">
          <a class="btn pri" href={path}>
            {text.kept}
          </a>
        </div>
      </div>
    </section>
  )
  return adminPage(visit, { title: text.title, path, body })
}
