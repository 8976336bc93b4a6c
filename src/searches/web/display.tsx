// /chamados/exibicao: how one's lists look (columns, their order and width, density, rows of a page), and by which columns the
// list one comes from is sorted. Works with scripts off: each button saves what stands in the form.
import { putListChoice } from '#searches/store.ts'
import { NarrowField } from '#searches/web/narrow-field.tsx'
import { SortForm } from '#searches/web/sort-form.tsx'
import { RadioField } from '#shared/ui/fields.tsx'
import { FormStart } from '#shared/ui/form.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import { page } from '#shared/ui/page.tsx'
import { type Answer, fieldOf, type Site, type Visit } from '#shared/web/site.ts'
import { choiceNow } from '#tickets/reads/choice.ts'
import {
  DENSITIES,
  type ListChoice,
  moved,
  readColumns,
  type ShownColumn,
  USUAL,
  WIDTHS,
  writeColumns,
} from '#tickets/rules/list-choice.ts'
import {
  COLUMN_KEYS,
  COLUMNS,
  type Column,
  type ListQuery,
  listPath,
  listQueryText,
  PAGE_SIZES,
  readListQuery,
} from '#tickets/rules/list-query.ts'
import { columnName } from '#tickets/views.tsx'

const PATH = '/chamados/exibicao'

export function routes(site: Site): void {
  site.get(PATH, showDisplay)
  site.post(PATH, saveDisplay)
}

/** The list one comes from, as its query; only ever one of ours. */
function listOf(visit: Visit, given: string): ListQuery {
  return { ...readListQuery(new URLSearchParams(given), visit.actor), after: undefined, before: undefined }
}

async function showDisplay(visit: Visit): Promise<Answer> {
  const { searches, lists, shared } = visit.words
  const params = new URL(visit.path, 'http://eprod').searchParams
  const query = listOf(visit, params.get('lista') ?? '')
  const choice = await choiceNow(visit.tx, visit.actor)
  return page(visit, {
    title: searches.display.title,
    section: 'tickets',
    crumbs: [
      { label: shared.menu.service },
      { label: lists.title, href: listPath(query) },
      { label: searches.display.title },
    ],
    body: (
      <div class="prefs wide">
        <div class="head first">
          <div>
            <h1>{searches.display.title}</h1>
            <p class="hint">{searches.display.intro}</p>
          </div>
        </div>
        <LookForm visit={visit} query={query} choice={choice} focus={params.get('foco') ?? ''} />
        <SortForm words={visit.words} query={query} />
      </div>
    ),
  })
}

interface LookProps {
  readonly visit: Visit
  readonly query: ListQuery
  readonly choice: ListChoice
  /** The button that takes the focus: the one that was pressed. */
  readonly focus: string
}

function LookForm({ visit, query, choice, focus }: LookProps) {
  const { display } = visit.words.searches
  const hidden = COLUMN_KEYS.filter((column) => !choice.columns.some((one) => one.column === column))
  return (
    <form class="card" method="post" action={PATH} aria-labelledby="titulo-colunas">
      <FormStart visit={visit} action={PATH} />
      <input type="hidden" name="lista" value={listQueryText(query)} />
      {/* Enter in a field saves: the first button of a form is the one it presses. */}
      <button type="submit" class="vh" tabIndex={-1} aria-hidden="true" />
      <section class="sect">
        <h2 id="titulo-colunas">{display.columns}</h2>
        <p class="hint">{display.columnsHint}</p>
        <ol class="cols">
          {choice.columns.map((one, at) => (
            <ColumnRow
              key={one.column}
              words={visit.words}
              shown={one}
              focus={focus}
              up={at > 1}
              down={at > 0 && at < choice.columns.length - 1}
            />
          ))}
          {hidden.map((column) => (
            <ColumnRow key={column} words={visit.words} hidden={column} focus={focus} up={false} down={false} />
          ))}
        </ol>
      </section>
      <section class="sect">
        <RadioField
          id="densidade"
          name="densidade"
          label={display.density}
          heading={<h2>{display.density}</h2>}
          columns={false}
          value={choice.density}
          choices={DENSITIES.map((value) => ({ value, label: display.densities[value] }))}
        />
        <NarrowField label={display.rows} id="linhas">
          <select class="sel" id="linhas" name="linhas">
            {PAGE_SIZES.map((size) => (
              <option key={size} value={size} selected={size === (choice.rows ?? PAGE_SIZES[0])}>
                {size}
              </option>
            ))}
          </select>
        </NarrowField>
      </section>
      <div class="bar-end">
        <button type="submit" class="btn" name="acao" value="padrao">
          {display.reset}
        </button>
        <p class="hint" />
        <button type="submit" class="btn pri" name="acao" value="salvar">
          {display.save}
        </button>
      </div>
    </form>
  )
}

interface RowProps {
  readonly words: Visit['words']
  readonly shown?: ShownColumn
  readonly hidden?: Column
  readonly focus: string
  readonly up: boolean
  readonly down: boolean
}

function ColumnRow({ words, shown, hidden, focus, up, down }: RowProps) {
  const column = shown?.column ?? hidden ?? 'id'
  const word = COLUMNS[column]
  const name = columnName(words, column)
  const { display } = words.searches
  const fixed = column === 'id' || column === 'title'
  return (
    <li>
      <input type="hidden" name="coluna" value={word} />
      {fixed ? <input type="hidden" name="ver" value={word} /> : null}
      <label class="check">
        <input
          type="checkbox"
          name={fixed ? undefined : 'ver'}
          value={word}
          checked={Boolean(shown)}
          disabled={fixed}
        />
        <span>{name}</span>
      </label>
      <select class="sel" name="largura" aria-label={display.widthOf(name)}>
        {WIDTHS.map((width) => (
          <option key={width} value={width} selected={width === (shown?.width ?? 'auto')}>
            {display.widths[width]}
          </option>
        ))}
      </select>
      <Move name={`sobe:${word}`} label={display.up(name)} icon="arrow-up" on={up} focus={focus} />
      <Move name={`desce:${word}`} label={display.down(name)} icon="arrow-down" on={down} focus={focus} />
    </li>
  )
}

interface MoveProps {
  readonly name: string
  readonly label: string
  readonly icon: 'arrow-up' | 'arrow-down'
  readonly on: boolean
  readonly focus: string
}

function Move({ name, label, icon, on, focus }: MoveProps) {
  if (!on) return <span class="btn sq ghost" aria-hidden="true" />
  return (
    // biome-ignore lint/a11y/noAutofocus: the button just pressed keeps the focus on the page that its post leads to
    <button type="submit" class="btn sq ghost" name="acao" value={name} title={label} autoFocus={name === focus}>
      <Icon name={icon} />
      <span class="vh">{label}</span>
    </button>
  )
}

/** Keeps what stands in the form, one column moved where a button says so; the same post twice does the same. */
async function saveDisplay(visit: Visit): Promise<Answer> {
  const { tx, actor, now, posted } = visit
  const query = listOf(visit, fieldOf(posted, 'lista'))
  const [verb = '', word = ''] = (fieldOf(posted, 'acao') || 'salvar').split(':')
  const whose = { personId: actor.personId, at: now }
  const back = `${PATH}?${new URLSearchParams({ lista: listQueryText(query) })}`
  if (verb === 'padrao') {
    await putListChoice(tx, whose, { columns: '', density: USUAL.density, rows: undefined })
    return { redirect: back }
  }
  const size = PAGE_SIZES.find((one) => String(one) === fieldOf(posted, 'linhas'))
  await putListChoice(tx, whose, {
    columns: writeColumns(columnsIn(posted.fields, { verb, word })),
    density: DENSITIES.find((one) => one === fieldOf(posted, 'densidade')) ?? USUAL.density,
    rows: size === PAGE_SIZES[0] ? undefined : size,
  })
  if (verb === 'salvar') return { redirect: listPath({ ...query, size: undefined }) }
  return { redirect: `${back}&${new URLSearchParams({ foco: `${verb}:${word}` })}` }
}

function columnsIn(fields: Visit['posted']['fields'], asked: { verb: string; word: string }): readonly ShownColumn[] {
  const shown = new Set(fields.ver ?? [])
  const words = (fields.coluna ?? []).map((word, at) => `${word}:${fields.largura?.[at] ?? ''}`)
  const columns = readColumns(words.filter((word) => shown.has(word.split(':')[0] ?? '')))
  const column = COLUMN_KEYS.find((key) => COLUMNS[key] === asked.word)
  if (!column || (asked.verb !== 'sobe' && asked.verb !== 'desce')) return columns
  return moved(columns, column, asked.verb === 'sobe' ? -1 : 1)
}
