// What lists of SOE/WEB are searched and paged by: a term, one of some filters, a page. All of it stands in the address.
import { SelectField, TextField } from '#shared/ui/fields.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import type { Words } from '#words/words.ts'

/** What is asked of a list; the first filter lets everything through, the first page is 0. */
export interface AskedList<Filter extends string> {
  readonly term: string
  readonly filter: Filter
  readonly page: number
}

type Filters<Filter extends string> = readonly [Filter, ...Filter[]]
const LONGEST_TERM = 80

export function readAsked<Filter extends string>(
  query: (name: string) => string,
  filters: Filters<Filter>,
): AskedList<Filter> {
  return {
    term: query('q').slice(0, LONGEST_TERM),
    filter: filters.find((one) => one === query('mostrar')) ?? filters[0],
    page: Math.max(0, Number.parseInt(query('pagina'), 10) || 0),
  }
}

interface SearchFormProps<Filter extends string> {
  /** Where the list stands. */
  readonly action: string
  readonly text: {
    readonly search: string
    readonly show: string
    readonly apply: string
    readonly filters: Readonly<Record<Filter, string>>
  }
  readonly asked: AskedList<Filter>
  readonly filters: Filters<Filter>
}

export function SearchForm<Filter extends string>({ action, text, asked, filters }: SearchFormProps<Filter>) {
  const [all, ...others] = filters
  return (
    <form class="card filters" action={action}>
      <TextField id="q" name="q" label={text.search} value={asked.term} maxLength={LONGEST_TERM} />
      <SelectField
        id="mostrar"
        name="mostrar"
        label={text.show}
        value={asked.filter}
        choices={others.map((value) => ({ value, label: text.filters[value] }))}
        choose={text.filters[all]}
      />
      <button type="submit" class="btn pri">
        <Icon name="search" />
        {text.apply}
      </button>
    </form>
  )
}

interface PagerProps {
  readonly words: Words
  readonly action: string
  readonly asked: AskedList<string>
  readonly more: boolean
}

/** Links to the page before and the one after, where there are. */
export function Pager({ words, action, asked, more }: PagerProps) {
  const text = words.soeHouse.operators
  const { term, filter, page } = asked
  const to = (other: number) => `${action}?${new URLSearchParams({ q: term, mostrar: filter, pagina: String(other) })}`
  if (!more && page === 0) return null
  return (
    <div class="pag">
      <div class="acts">
        {page > 0 ? (
          <a class="btn" href={to(page - 1)}>
            {text.previous}
          </a>
        ) : null}
        {more ? (
          <a class="btn" href={to(page + 1)}>
            {text.next}
          </a>
        ) : null}
      </div>
    </div>
  )
}
