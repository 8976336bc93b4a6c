// Keeping a search (/chamados/pesquisas/nova) and changing one (/chamados/pesquisas/:id): name, sharing, where one's list
// begins, alert. Of another's search one chooses only the last two.
import type { FastifyRequest } from 'fastify'
import { changeSearch, keepSearch, type Use } from '#searches/actions.ts'
import { ownTeams, type SavedSearch, savedSearch } from '#searches/reads.ts'
import { LONGEST_NAME, MOST_ABOVE, mayRemove, mayShare, type TypedSearch, writeSharing } from '#searches/rules.ts'
import { openPath, removalPath, SAVED_PATH, sentenceOf } from '#searches/web/saved.tsx'
import { isUuid } from '#shared/kit/uuid.ts'
import type { Problem } from '#shared/problems.ts'
import { found, Refusal } from '#shared/refusals.ts'
import { ErrorSummary, problemText, RadioField, TextField, TickField } from '#shared/ui/fields.tsx'
import { FormStart } from '#shared/ui/form.tsx'
import { page } from '#shared/ui/page.tsx'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'
import { askedList } from '#tickets/reads/list-search.ts'
import { listQueryText } from '#tickets/rules/list-query.ts'

const NEW_PATH = `${SAVED_PATH}/nova`

export function routes(site: Site): void {
  site.get(NEW_PATH, async (visit) =>
    asked(visit) ? await keepPage(visit, await blank(visit)) : { redirect: SAVED_PATH },
  )
  site.post(NEW_PATH, keep)
  site.get(`${SAVED_PATH}/:id`, async (visit, request) => await keepPage(visit, await known(visit, request)))
  site.post(`${SAVED_PATH}/:id`, change)
}

/** What the form shows. */
interface Shown {
  /** undefined: a new one. */
  readonly search?: SavedSearch
  readonly typed: TypedSearch
  readonly use: Use
  readonly problems?: readonly Problem[]
}

/** The query asked for as this system writes it, without a place; refuses one that is no list. */
async function queryFrom(visit: Visit, given: string): Promise<string> {
  const { query, problems } = await askedList(visit, new URLSearchParams(given))
  if (problems.length > 0) throw new Refusal('bad-request')
  return listQueryText({ ...query, saved: undefined, select: undefined, after: undefined, before: undefined })
}

const asked = (visit: Visit): string => new URL(visit.path, 'http://e').searchParams.get('consulta') ?? ''

async function blank(visit: Visit): Promise<Shown> {
  const query = await queryFrom(visit, asked(visit))
  return { typed: { name: '', sharing: 'privada', query }, use: { start: false, above: '', byMail: false } }
}

async function known(visit: Visit, request: FastifyRequest): Promise<Shown> {
  const search = await searchOf(visit, request)
  const query = search.own && asked(visit) ? await queryFrom(visit, asked(visit)) : search.query
  return {
    search,
    typed: { name: search.name, sharing: writeSharing(search), query },
    use: { start: search.start, above: search.above === null ? '' : String(search.above), byMail: search.byMail },
  }
}

/** The search of the address, if the reader may open it. */
export async function searchOf(visit: Visit, request: FastifyRequest): Promise<SavedSearch> {
  const { id } = request.params as { id: string }
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new Refusal('search-gone')
  return found(await savedSearch(visit.tx, visit.actor, Number(id)), 'search-gone')
}

async function keepPage(visit: Visit, shown: Shown): Promise<Answer> {
  const { searches, lists, shared } = visit.words
  const { saved } = searches
  const { search, problems = [] } = shown
  const title = search ? search.name : saved.keepTitle
  return page(visit, {
    title,
    section: 'tickets',
    crumbs: [
      { label: shared.menu.service },
      { label: lists.title, href: '/chamados' },
      { label: saved.title, href: SAVED_PATH },
      { label: title },
    ],
    ...(problems.length > 0 ? { status: 422 } : {}),
    body: (
      <div class="prefs">
        <div class="head first">
          <h1>{title}</h1>
        </div>
        <ErrorSummary
          title={saved.wrong}
          items={problems.map((one) => ({ href: `#${one.field}`, text: problemText(visit.words, one) }))}
        />
        <KeepForm
          visit={visit}
          shown={shown}
          sentence={await sentenceOf(visit, shown.typed.query)}
          teams={await ownTeams(visit.tx, visit.actor)}
        />
      </div>
    ),
  })
}

type Teams = readonly { readonly id: number; readonly name: string }[]
interface FormProps {
  readonly visit: Visit
  readonly shown: Shown
  readonly sentence: string
  readonly teams: Teams
}

function KeepForm({ visit, shown, sentence, teams }: FormProps) {
  const { saved } = visit.words.searches
  const { search, typed, use } = shown
  const action = search ? `${SAVED_PATH}/${search.id}` : NEW_PATH
  const fault = (field: string) => {
    const problem = shown.problems?.find((one) => one.field === field)
    return problem && problemText(visit.words, problem)
  }
  return (
    <form class="card spaced" method="post" action={action}>
      <FormStart visit={visit} action={action} once={fieldOf(visit.posted, 'chave')} />
      <input type="hidden" name="consulta" value={typed.query} />
      <button type="submit" class="vh" tabIndex={-1} aria-hidden="true" />
      <section class="sect">
        <p class="saved-asks">
          <b>{saved.asks}</b> {sentence}
        </p>
        {search && typed.query !== search.query ? <p class="hint">{saved.changes}</p> : null}
        {search && !search.own ? (
          <p class="hint">{search.owner ? saved.by(search.owner) : null}</p>
        ) : (
          <>
            <TextField
              id="nome"
              name="nome"
              label={saved.name}
              value={typed.name}
              maxLength={LONGEST_NAME}
              error={fault('nome')}
              required
            />
            <SharingField visit={visit} value={typed.sharing} error={fault('partilha')} teams={teams} />
          </>
        )}
      </section>
      <section class="sect">
        <TickField id="padrao" name="padrao" value="1" label={saved.start} hint={saved.startHint} checked={use.start} />
        <TextField
          id="alerta"
          name="alerta"
          label={saved.alert}
          hint={saved.alertHint(MOST_ABOVE)}
          value={use.above}
          inputMode="numeric"
          maxLength={4}
          error={fault('alerta')}
          optional={saved.optional}
        />
        <TickField id="por-email" name="por-email" value="1" label={saved.byMail} checked={use.byMail} />
      </section>
      <div class="bar-end">
        {search && mayRemove(search, visit.actor) ? (
          <a class="btn bad" href={removalPath(search)}>
            {saved.remove}
          </a>
        ) : null}
        <p class="hint" />
        {search ? (
          <a class="btn" href={`${NEW_PATH}?${new URLSearchParams({ consulta: typed.query })}`}>
            {saved.asNew}
          </a>
        ) : null}
        <button type="submit" class="btn pri">
          {saved.save}
        </button>
      </div>
    </form>
  )
}

/** Whom it is for. Whoever may only read keeps it for themself. */
function SharingField(props: { visit: Visit; value: string; error: string | undefined; teams: Teams }) {
  const { visit, value, error, teams } = props
  const { saved } = visit.words.searches
  const { actor } = visit
  if (!mayShare(actor)) return <input type="hidden" name="partilha" value="privada" />
  return (
    <RadioField
      id="partilha"
      name="partilha"
      label={saved.sharing}
      columns={false}
      value={value}
      error={error}
      choices={[
        { value: 'privada', label: saved.private },
        ...teams.map(({ id, name }) => ({
          value: writeSharing({ shared: 'team', teamId: id }),
          label: saved.ofTeam(name),
        })),
        { value: 'instituicao', label: actor.institutionName },
      ]}
    />
  )
}

function typedIn(visit: Visit, query: string): { typed: TypedSearch; use: Use } {
  const { posted } = visit
  return {
    typed: { name: fieldOf(posted, 'nome'), sharing: fieldOf(posted, 'partilha') || 'privada', query },
    use: {
      start: posted.fields.padrao?.includes('1') ?? false,
      above: fieldOf(posted, 'alerta'),
      byMail: posted.fields['por-email']?.includes('1') ?? false,
    },
  }
}

async function keep(visit: Visit): Promise<Answer> {
  const { typed, use } = typedIn(visit, await queryFrom(visit, fieldOf(visit.posted, 'consulta')))
  const key = fieldOf(visit.posted, 'chave')
  if (!isUuid(key)) throw new Refusal('bad-request')
  const kept = await keepSearch(visit, { ...typed, key }, use)
  if (!kept.ok) return await keepPage(visit, { typed, use, problems: kept.problems })
  return { redirect: openPath({ query: typed.query, id: kept.value.id }) }
}

async function change(visit: Visit, request: FastifyRequest): Promise<Answer> {
  const search = await searchOf(visit, request)
  const query = search.own ? await queryFrom(visit, fieldOf(visit.posted, 'consulta')) : search.query
  const { typed, use } = typedIn(visit, query)
  const changed = await changeSearch(visit, search.id, { typed, use })
  if (!changed.ok) return await keepPage(visit, { search, typed, use, problems: changed.problems })
  return { redirect: `${SAVED_PATH}?feito=salva` }
}
