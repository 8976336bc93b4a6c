// /admin/formularios/:code/:n/<kind>/:key: one section, question or document; `nova` is one to be made.
import { changeVersion, versionToRead } from '#forms/actions/versions.ts'
import type { Version } from '#forms/reads/versions.ts'
import { type DocumentRule, documentsOf, type Question, questionsOf, type Section } from '#forms/rules/definition.ts'
import { itemAt, keyFor, type Place, withItem } from '#forms/rules/edit.ts'
import { RESERVED } from '#forms/rules/schema.ts'
import { Stale } from '#forms/web/editor/condition.tsx'
import {
  addressOf,
  EditionStart,
  editorPage,
  itemAddress,
  KIND_WORDS,
  nameOf,
  placeIn,
  seenIn,
} from '#forms/web/editor/frame.tsx'
import { faultItems } from '#forms/web/editor/item-fields.tsx'
import { DocumentFields, QuestionFields, SectionFields } from '#forms/web/editor/item-parts.tsx'
import { type Reading, readDocument, readQuestion, readSection, typedIn } from '#forms/web/editor/item-read.ts'
import type { Problem } from '#shared/problems.ts'
import { found } from '#shared/refusals.ts'
import { ErrorSummary } from '#shared/ui/fields.tsx'
import { type Answer, fieldOf, type Visit } from '#shared/web/site.ts'

export interface ItemAddress {
  readonly code: string
  readonly number: number
  readonly kind: string
  readonly key: string
}

const NEW = 'nova'
type Item = Section | Question | DocumentRule

interface At {
  readonly version: Version
  readonly place: Place
  /** The section a new item goes into. */
  readonly section: string
  /** Undefined: a new one. */
  readonly was: Item | undefined
}

async function itemIn(visit: Visit, asked: ItemAddress): Promise<At> {
  const version = await versionToRead(visit, asked.code, asked.number)
  const place = placeIn(asked)
  const wanted = new URL(visit.path, 'http://eprod').searchParams.get('secao') ?? fieldOf(visit.posted, 'secao')
  const { sections } = version.definition
  const section = sections.find(({ key }) => key === wanted)?.key
  const was = asked.key === NEW ? undefined : itemAt(version.definition, place)
  return { version, place, section: section ?? '', was }
}

/** What somebody else removed meanwhile is kept as a new item, in the last section where its own is gone. */
const withHome = (at: At): At =>
  at.was || at.place.kind === 'section' || at.section !== ''
    ? at
    : { ...at, section: at.version.definition.sections.at(-1)?.key ?? '' }

const blank = (kind: Place['kind']): Item => {
  const text = { 'pt-BR': '', en: '' }
  if (kind === 'section') return { key: '', title: text, questions: [] }
  if (kind === 'question') return { key: '', type: 'short-text', label: text }
  return { key: '', name: text, need: 'required', kinds: ['pdf'] }
}

/** GET */
export async function showItem(visit: Visit, asked: ItemAddress): Promise<Answer> {
  const at = await itemIn(visit, asked)
  if (asked.key !== NEW) found(at.was)
  else if (at.place.kind !== 'section' && at.section === '') found(undefined)
  const item = at.was ?? blank(at.place.kind)
  return itemPage(visit, at, { item, problems: [], edition: at.version.edition })
}

interface Shown {
  readonly item: Item
  readonly problems: readonly Problem[]
  readonly edition: number
  readonly stale?: boolean
}

function itemPage(visit: Visit, at: At, shown: Shown): Answer {
  const { formEditor: text } = visit.words
  const { version, place } = at
  const action = at.was
    ? itemAddress(version, place)
    : `${addressOf(version)}/${KIND_WORDS[place.kind]}/${NEW}?secao=${encodeURIComponent(at.section)}`
  const drawn = { visit, version, problems: shown.problems, place, isNew: at.was === undefined }
  return editorPage(visit, version, {
    title: at.was ? nameOf(visit, version.definition, place) : text.add[place.kind],
    hint: at.was ? <code>{place.key}</code> : text.keyHint,
    ...(shown.problems.length > 0 ? { status: 422 } : shown.stale ? { status: 409 } : {}),
    body: (
      <form class="stack" method="post" action={action} noValidate>
        <EditionStart visit={visit} action={action.split('?')[0] ?? ''} edition={shown.edition} />
        <input type="hidden" name="secao" value={at.section} />
        <button class="vh" type="submit" name="acao" value="atualizar" tabIndex={-1} aria-hidden="true" />
        <ErrorSummary title={text.itemWrong} items={faultItems(visit, shown.problems)} />
        {shown.stale ? <Stale visit={visit} version={version} /> : null}
        {place.kind === 'section' ? <SectionFields {...drawn} item={shown.item as Section} /> : null}
        {place.kind === 'question' ? <QuestionFields {...drawn} item={shown.item as Question} /> : null}
        {place.kind === 'document' ? <DocumentFields {...drawn} item={shown.item as DocumentRule} /> : null}
        <div class="acts">
          {version.status === 'draft' ? (
            <button class="btn pri" type="submit" name="acao" value="guardar">
              {text.save}
            </button>
          ) : null}
          <a class="btn" href={addressOf(version)}>
            {text.back}
          </a>
        </div>
      </form>
    ),
  })
}

/** POST, by the pressed button: guardar, atualizar (the type's own settings), and those of options. */
export async function postItem(visit: Visit, asked: ItemAddress): Promise<Answer> {
  const at = withHome(await itemIn(visit, asked))
  const seen = seenIn(visit, asked)
  const reading: Reading = { posted: visit.posted, problems: [] }
  const item = readItem(reading, at)
  const act = fieldOf(visit.posted, 'acao')
  if (act !== 'guardar') {
    return itemPage(visit, at, { item: withOptionMoved(item, act), problems: [], edition: seen.edition })
  }
  const { problems } = reading
  if (problems.length > 0) return itemPage(visit, at, { item, problems, edition: seen.edition })
  if (at.version.status === 'draft' && at.version.edition !== seen.edition) {
    return itemPage(visit, at, { item, problems, edition: at.version.edition, stale: true })
  }
  const place = { ...at.place, key: item.key, section: at.section }
  const definition = withItem(at.version.definition, place, item)
  await changeVersion(visit, seen, { definition, what: `${asked.kind} ${item.key}` })
  // `when` without a condition yet leads to where it is written.
  const when = typedIn(reading, at.place.kind === 'document' ? 'exigencia' : 'obrigatoria') === 'quando'
  const needs = when && !hasCondition(item)
  return { redirect: needs ? `${itemAddress(at.version, place)}/exigir` : `${addressOf(at.version)}?feito=guardado` }
}

const hasCondition = (item: Item): boolean =>
  ('type' in item && typeof item.required === 'object') ||
  ('need' in item && typeof item.need === 'object' && 'when' in item.need)

function readItem(reading: Reading, { version, place, was }: At): Item {
  if (place.kind === 'section')
    return readSection(reading, was?.key ?? keyOf(reading, version, 'titulo'), was as Section)
  if (place.kind === 'question')
    return readQuestion(reading, was?.key ?? keyOf(reading, version, 'rotulo'), was as Question)
  return readDocument(reading, was?.key ?? keyOf(reading, version, 'nome'), was as DocumentRule)
}

/** The key of a new item: made once from its name, and never changed, since answers are kept under it. */
function keyOf(reading: Reading, { definition }: Version, field: string): string {
  const taken = [
    ...RESERVED,
    NEW,
    ...definition.sections.map((one) => one.key),
    ...questionsOf(definition).map((one) => one.key),
    ...documentsOf(definition).map((one) => one.key),
  ]
  return keyFor(typedIn(reading, `${field}-pt-BR`), taken)
}

/** The buttons of options: `opcao:sobe:2`, `opcao:desce:2`, `opcao:tira:2`, `opcao:nova`. */
function withOptionMoved(item: Item, act: string): Item {
  const [word, verb, n] = act.split(':')
  if (word !== 'opcao' || !('type' in item)) return item
  const options = [...(item.options ?? [])]
  const at = Number(n)
  if (verb === 'nova') options.push({ value: '', label: { 'pt-BR': '', en: '' } })
  if (verb === 'tira') options.splice(at, 1)
  const to = verb === 'sobe' ? at - 1 : verb === 'desce' ? at + 1 : at
  const [one, other] = [options[at], options[to]]
  if (one && other && to !== at) {
    options[at] = other
    options[to] = one
  }
  return { ...item, options }
}
