// What lists of SOE/WEB are searched by: a term, and one of some filters. All of it stands in the address.
import { SelectField, TextField } from '#shared/ui/fields.tsx'
import { Icon } from '#shared/ui/icon.tsx'

interface SearchFormProps<Filter extends string> {
  /** Where the list stands. */
  readonly action: string
  readonly text: {
    readonly search: string
    readonly show: string
    readonly apply: string
    readonly filters: Readonly<Record<Filter, string>>
  }
  readonly asked: { readonly term: string; readonly filter: Filter }
  /** The first lets everything through. */
  readonly filters: readonly [Filter, ...Filter[]]
}

export function SearchForm<Filter extends string>({ action, text, asked, filters }: SearchFormProps<Filter>) {
  const [all, ...others] = filters
  return (
    <form class="card filters" action={action}>
      <TextField id="q" name="q" label={text.search} value={asked.term} maxLength={80} />
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
