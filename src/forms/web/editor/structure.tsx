// The first page of a version: sections with their questions and documents, moved by buttons (and by dragging, islands/
// form-editor.ts), what stands in the way of publishing, and publishing itself.
import { describe } from '#criteria/rules/describe.ts'
import {
  changeVersion,
  discardDraft,
  draftSeen,
  obstaclesOf,
  publishDraft,
  versionToRead,
} from '#forms/actions/versions.ts'
import type { Version } from '#forms/reads/versions.ts'
import type { DocumentRule, Question, Section } from '#forms/rules/definition.ts'
import { conditionOf, itemAt, movedBefore, movedBy, type Place, withoutItem } from '#forms/rules/edit.ts'
import {
  addressOf,
  conditionFields,
  EditionStart,
  editorPage,
  itemAddress,
  KIND_WORDS,
  nameOf,
  placeIn,
  seenIn,
} from '#forms/web/editor/frame.tsx'
import { ObstacleList } from '#forms/web/editor/obstacles.tsx'
import { SURE, sureOfDiscarding, sureOfRemoval } from '#forms/web/editor/sure.tsx'
import { Refusal } from '#shared/refusals.ts'
import { assetPath } from '#shared/ui/assets.ts'
import { Icon } from '#shared/ui/icon.tsx'
import { type Answer, fieldOf, type Visit } from '#shared/web/site.ts'

/** GET /admin/formularios/:code/:n */
export async function showStructure(visit: Visit, code: string, number: number): Promise<Answer> {
  const version = await versionToRead(visit, code, number)
  const params = new URL(visit.path, 'http://eprod').searchParams
  const done = params.get('feito') ?? ''
  const notices: Readonly<Record<string, string>> = visit.words.formEditor.done
  const notice = Object.hasOwn(notices, done) ? notices[done] : undefined
  return structurePage(visit, version, { notice, focus: params.get('foco') ?? '' })
}

interface Shown {
  readonly notice: string | undefined
  /** The button that takes the focus: the one that was pressed. */
  readonly focus?: string
  readonly status?: number
}

function structurePage(visit: Visit, version: Version, { notice, focus = '', status }: Shown): Answer {
  return editorPage(visit, version, {
    tab: 'structure',
    ...(notice ? { notice } : {}),
    ...(status ? { status } : {}),
    body: <Structure visit={visit} version={version} focus={focus} />,
  })
}

interface PartProps {
  readonly visit: Visit
  readonly version: Version
  readonly focus: string
}

function Structure({ visit, version, focus }: PartProps) {
  const { formEditor: text } = visit.words
  const action = addressOf(version)
  const draft = version.status === 'draft'
  return (
    <div class="two">
      <script type="module" src={assetPath('form-editor.js')} />
      <div class="stack">
        <form id="estrutura" class="stack" method="post" action={action}>
          <EditionStart visit={visit} action={action} edition={version.edition} />
          <p class="acts">
            <a class="btn" href={`${action}/dados`}>
              <Icon name="settings" />
              {text.formFacts}
            </a>
            {draft ? <AddLink visit={visit} href={`${action}/secao/nova`} label={text.add.section} /> : null}
          </p>
          <eprod-reorder class={draft ? 'stack draggable' : 'stack'}>
            {version.definition.sections.map((section) => (
              <SectionCard key={section.key} visit={visit} version={version} section={section} focus={focus} />
            ))}
          </eprod-reorder>
        </form>
      </div>
      <aside class="stack stick side" aria-label={text.publishing}>
        <Publishing visit={visit} version={version} />
      </aside>
    </div>
  )
}

function AddLink({ href, label }: { visit: Visit; href: string; label: string }) {
  return (
    <a class="btn small" href={href}>
      <Icon name="plus" />
      {label}
    </a>
  )
}

function SectionCard({ section, ...part }: PartProps & { section: Section }) {
  const { visit, version } = part
  const { formEditor: text } = visit.words
  const action = addressOf(version)
  const place: Place = { kind: 'section', key: section.key }
  return (
    <section class="card ed-section" data-item="secao" data-key={section.key} aria-label={section.title[visit.lang]}>
      <div class="tbar ed-head">
        <h2>
          <a href={itemAddress(version, place)}>{section.title[visit.lang]}</a>
        </h2>
        <Conditions visit={visit} version={version} place={place} />
        <Moves {...part} place={place} />
      </div>
      <ItemRows {...part} kind="question" items={section.questions} section={section.key} />
      <ItemRows {...part} kind="document" items={section.documents ?? []} section={section.key} />
      {version.status === 'draft' ? (
        <p class="acts pad">
          <AddLink visit={visit} href={`${action}/pergunta/nova?secao=${section.key}`} label={text.add.question} />
          <AddLink visit={visit} href={`${action}/documento/nova?secao=${section.key}`} label={text.add.document} />
        </p>
      ) : null}
    </section>
  )
}

interface RowsProps extends PartProps {
  readonly kind: 'question' | 'document'
  readonly items: readonly (Question | DocumentRule)[]
  readonly section: string
}

function ItemRows({ kind, items, section, ...part }: RowsProps) {
  const { visit, version } = part
  const { formEditor: text } = visit.words
  return (
    <ol class="rows ed-rows" data-list={KIND_WORDS[kind]} data-section-key={section}>
      {items.map((item) => {
        const place: Place = { kind, key: item.key }
        return (
          <li key={item.key} data-item={KIND_WORDS[kind]} data-key={item.key}>
            <div>
              <a class="row-name" href={itemAddress(version, place)}>
                {nameOf(visit, version.definition, place)}
              </a>{' '}
              <span class="tag">{'type' in item ? text.types[item.type] : text.document}</span> <code>{item.key}</code>{' '}
              <Needed visit={visit} item={item} />
              <Conditions visit={visit} version={version} place={place} />
            </div>
            <Moves {...part} place={place} />
          </li>
        )
      })}
    </ol>
  )
}

function Needed({ visit, item }: { visit: Visit; item: Question | DocumentRule }) {
  const { needs } = visit.words.formEditor
  if ('type' in item) return item.required === false ? <span class="hint">{needs.never}</span> : null
  const { need } = item
  const word = need === 'required' ? 'always' : need === 'optional' ? 'ifAny' : 'group' in need ? 'oneOf' : 'when'
  return <span class="hint">{needs[word]}</span>
}

/** Each condition of an item as a sentence. */
function Conditions({ visit, version, place }: { visit: Visit; version: Version; place: Place }) {
  const { formEditor: text, criteria } = visit.words
  const fields = conditionFields(visit, version.definition)
  return (
    <>
      {(['show', 'required'] as const).map((name) => {
        const condition = conditionOf(version.definition, place, name)
        return condition ? (
          <p class="hint" key={name}>
            {text.conditionSaid[name]} {describe(condition, fields, criteria)}
          </p>
        ) : null
      })}
    </>
  )
}

function Moves({ visit, version, focus, place }: PartProps & { place: Place }) {
  if (version.status !== 'draft') return null
  const { formEditor: text } = visit.words
  const name = nameOf(visit, version.definition, place)
  const word = `${KIND_WORDS[place.kind]}:${place.key}`
  const up = `sobe:${word}`
  const down = `desce:${word}`
  return (
    <span class="acts ed-moves">
      {/* biome-ignore lint/a11y/noAutofocus: the button just pressed keeps the focus on the page that its post leads to */}
      <button class="btn sq ghost" type="submit" name="acao" value={up} title={text.up} autoFocus={up === focus}>
        <Icon name="arrow-up" />
        <span class="vh">{text.upItem(name)}</span>
      </button>
      {/* biome-ignore lint/a11y/noAutofocus: as above */}
      <button class="btn sq ghost" type="submit" name="acao" value={down} title={text.down} autoFocus={down === focus}>
        <Icon name="arrow-down" />
        <span class="vh">{text.downItem(name)}</span>
      </button>
      <button class="btn sq ghost" type="submit" name="acao" value={`tira:${word}`} title={text.remove}>
        <Icon name="trash" />
        <span class="vh">{text.removeItem(name)}</span>
      </button>
    </span>
  )
}

function Publishing({ visit, version }: { visit: Visit; version: Version }) {
  const { formEditor: text } = visit.words
  const obstacles = obstaclesOf(version)
  const count = obstacles.faults.length + obstacles.failing.length
  const action = addressOf(version)
  return (
    <section class="card props">
      <h2>{text.publishing}</h2>
      <div class="pad pt0 stack">
        <ObstacleList visit={visit} version={version} obstacles={obstacles} />
        {count === 0 ? <p>{text.noObstacles(version.tests.length)}</p> : null}
        {version.status === 'draft' ? (
          <form class="stack" method="post" action={action}>
            <EditionStart visit={visit} action={action} edition={version.edition} />
            <button class="btn pri wide" type="submit" name="acao" value="publicar">
              <Icon name="check" />
              {text.publish}
            </button>
            <p class="hint">{text.publishHint}</p>
            <button class="btn small bad" type="submit" name="acao" value="descartar">
              {text.discard}
            </button>
          </form>
        ) : (
          <p class="hint">{text.fixed}</p>
        )}
      </div>
    </section>
  )
}

/** POST /admin/formularios/:code/:n, by the pressed button: sobe, desce, tira, poe (dragged), publicar, descartar. */
export async function postStructure(visit: Visit, code: string, number: number): Promise<Answer> {
  const seen = seenIn(visit, { code, number })
  const act = fieldOf(visit.posted, 'acao')
  if (act === 'descartar') return sureOfDiscarding(visit, await draftSeen(visit, seen))
  if (act === `descartar${SURE}`) {
    await discardDraft(visit, seen)
    return { redirect: `/admin/formularios/${code}` }
  }
  if (act === 'publicar') {
    const obstacles = await publishDraft(visit, seen)
    if (!obstacles) return { redirect: `${addressOf(seen)}?feito=publicado` }
    return structurePage(visit, await versionToRead(visit, code, number), {
      notice: visit.words.formEditor.notPublished,
      status: 422,
    })
  }
  const version = await draftSeen(visit, seen)
  const { definition } = version
  const [verb = '', word = '', key = ''] = act.split(':')
  const place = placeIn({ kind: word, key })
  if (!itemAt(definition, place)) throw new Refusal('form-changed-meanwhile')
  const asks = verb === 'tira' ? sureOfRemoval(visit, version, place) : undefined
  if (asks) return asks
  const made = edited(verb, { definition, place, visit })
  await changeVersion(visit, seen, { definition: made, what: `${verb.replace(SURE, '')} ${word} ${key}` })
  const pressed = verb === 'sobe' || verb === 'desce'
  return { redirect: `${addressOf(seen)}${pressed ? `?${new URLSearchParams({ foco: act })}` : '#estrutura'}` }
}

interface Move {
  readonly definition: Version['definition']
  readonly place: Place
  readonly visit: Visit
}

function edited(verb: string, { definition, place, visit }: Move): Version['definition'] {
  if (verb === 'sobe') return movedBy(definition, place, -1)
  if (verb === 'desce') return movedBy(definition, place, 1)
  if (verb === 'tira' || verb === `tira${SURE}`) return withoutItem(definition, place)
  if (verb !== 'poe') throw new Refusal('bad-request')
  const to = { section: fieldOf(visit.posted, 'secao'), before: fieldOf(visit.posted, 'antes') }
  const known = place.kind === 'section' || definition.sections.some(({ key }) => key === to.section)
  if (!known) throw new Refusal('form-changed-meanwhile')
  return movedBefore(definition, place, to)
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'eprod-reorder': { class?: string; children?: ComponentChildren }
    }
  }
}
