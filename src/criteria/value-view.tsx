// The value of a rule in the builder: what is typed or chosen, as the field's kind asks for. The rows around it: views.tsx.
import { whenName } from '#criteria/rules/describe.ts'
import { type Choice, type Field, MOST_TEXT, type Operator, type RawRule, takesList } from '#criteria/rules/grammar.ts'
import { listedValues } from '#criteria/rules/values.ts'
import { COUNTED, COUNTED_UNITS, countOfWhen, readWhen, type Unit } from '#criteria/rules/when.ts'
import type { Builder } from '#criteria/views.tsx'

export interface ValueProps {
  readonly builder: Builder
  readonly place: string
  readonly field: Field
  readonly rule: RawRule
  readonly operator: Operator | undefined
  readonly wrong: boolean
}

interface Common {
  readonly id: string
  readonly name: string
  readonly 'aria-label': string
  readonly 'aria-invalid': 'true' | undefined
  readonly 'aria-describedby': string | undefined
}
type Drawn = ValueProps & { readonly common: Common }

export function ValueField(props: ValueProps) {
  const { builder, place, field, operator, wrong } = props
  const { criteria } = builder.words
  const described = [wrong ? `r${place}-erro` : [], valueHint(props) ? `r${place}-dica` : []].flat()
  const common: Common = {
    id: `r${place}.valor`,
    name: `r${place}.valor`,
    'aria-label': criteria.builder.value(place),
    'aria-invalid': wrong ? 'true' : undefined,
    'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
  }
  const several = operator !== undefined && takesList(operator)
  const choices = choicesOf(props)
  if (choices)
    return several ? (
      <Boxes {...props} common={common} choices={choices} />
    ) : (
      <OneOf {...props} common={common} choices={choices} />
    )
  if (field.kind === 'instant' || field.kind === 'day') return <DateValue {...props} common={common} />
  return several ? <Lines {...props} common={common} /> : <Line {...props} common={common} />
}

const isPiece = (operator: Operator | undefined): boolean => operator === 'contains' || operator === 'not-contains'

/** What is chosen from; undefined: the value is typed. */
function choicesOf({ builder, field, operator }: ValueProps): readonly Choice[] | undefined {
  const { yes, no } = builder.words.criteria
  if (field.kind === 'tick')
    return [
      { value: 'sim', label: yes },
      { value: 'nao', label: no },
    ]
  return field.open || (field.kind === 'ref' && isPiece(operator)) ? undefined : field.choices
}

/** What to know before the value is given; undefined: nothing. */
export function valueHint({ builder, field, operator }: ValueProps): string | undefined {
  const { hints } = builder.words.criteria.builder
  const typed = field.open ? !isPiece(operator) : !field.choices
  const several = operator && takesList(operator) && typed ? (field.whole ? hints.identifiers : hints.lines) : undefined
  const name = field.open && typed ? hints.name : undefined
  const told = [field.hint, name, several].filter((one) => one !== undefined)
  return told.length > 0 ? told.join(' ') : undefined
}

function OneOf({ builder, rule, common, choices }: Drawn & { choices: readonly Choice[] }) {
  return (
    <select {...common} class="sel crit-value">
      <option value="">{builder.words.criteria.builder.choose}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value} selected={rule.values.includes(choice.value)}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}

/** More boxes than stand in sight at once: those that are ticked come first, so that they are seen. */
const MANY_BOXES = 6

function Boxes({ rule, common, choices }: Drawn & { choices: readonly Choice[] }) {
  const { id, name, ...said } = common
  const boxes = choices.map((choice, at) => ({
    choice,
    id: `${id}-${at + 1}`,
    ticked: rule.values.includes(choice.value),
  }))
  const drawn = boxes.length > MANY_BOXES ? boxes.toSorted((a, b) => Number(b.ticked) - Number(a.ticked)) : boxes
  return (
    <fieldset
      id={id}
      class="crit-value crit-boxes"
      aria-label={said['aria-label']}
      aria-describedby={said['aria-describedby']}
    >
      {drawn.map(({ choice, id: own, ticked }) => (
        <label key={choice.value}>
          <input type="checkbox" id={own} name={name} value={choice.value} checked={ticked} />
          {choice.label}
        </label>
      ))}
    </fieldset>
  )
}

/** A choice that stands in a box to type in is written as it is called. */
const shownValue = (field: Field, value: string): string =>
  (field.open && field.choices?.find((choice) => choice.value === value)?.label) || value

const MOST_LINES = 4

function Lines({ field, rule, common }: Drawn) {
  const values = listedValues(field, rule.values)
  return (
    <textarea {...common} class="ta crit-value crit-lines" rows={Math.min(MOST_LINES, Math.max(2, values.length))}>
      {values.map((value) => shownValue(field, value)).join('\n')}
    </textarea>
  )
}

function Line({ field, operator, rule, common }: Drawn) {
  const named = field.open && !isPiece(operator) ? field.choices : undefined
  const list = named && named.length > 0 ? `${common.id}-nomes` : undefined
  return (
    <>
      <input
        {...common}
        class="in crit-value"
        type="text"
        value={shownValue(field, rule.values[0] ?? '')}
        maxLength={MOST_TEXT}
        autoComplete="off"
        inputMode={field.kind === 'number' ? 'numeric' : undefined}
        list={list}
      />
      {list ? (
        <datalist id={list}>
          {named?.map((choice) => (
            <option key={choice.value} value={choice.label} />
          ))}
        </datalist>
      ) : null}
    </>
  )
}

/** Dates most asked for, told from now; any other number of hours, days … is counted (COUNTED). */
const OFFERED = [
  'hoje',
  'hoje-1d',
  'hoje-7d',
  'hoje-15d',
  'hoje-30d',
  'hoje-3m',
  'hoje-6m',
  'hoje-1a',
  'hoje+7d',
  'agora',
  'agora-1h',
  'agora-24h',
  'semana',
  'mes',
  'ano',
]

/** A whole day is meant by *é*: an hour would mislead. */
const isDayOnly = (operator: Operator | undefined): boolean => operator === 'is' || operator === 'is-not'

function DateValue(props: Drawn) {
  const { builder, field, rule, operator, common } = props
  const said = builder.words.criteria
  const value = rule.values[0] ?? ''
  const when = readWhen(value)
  const day = when && 'day' in when ? when.day : ''
  // A field that reads its own spelling takes a day alone.
  if (field.clean) return <input {...common} class="in crit-value" type="date" value={value} />
  const usual = isDayOnly(operator) ? OFFERED.filter((one) => !one.startsWith('agora')) : OFFERED
  const counts = value === COUNTED || (!usual.includes(value) && countOfWhen(value) !== undefined)
  const offered = when && day === '' && !counts && !usual.includes(value) ? [...usual, value] : usual
  return (
    <span class="crit-value crit-date">
      <select {...common} class="sel" data-refit>
        <option value="data" selected={day !== '' || value === ''}>
          {said.builder.givenDay}
        </option>
        <option value={COUNTED} selected={counts}>
          {said.builder.counted}
        </option>
        {offered.map((one) => (
          <option key={one} value={one} selected={one === value}>
            {whenName(one, said)}
          </option>
        ))}
      </select>
      {counts ? <CountedDate {...props} /> : <GivenDay {...props} day={day} />}
    </span>
  )
}

function GivenDay({ builder, place, day }: Drawn & { day: string }) {
  return (
    <input
      class="in"
      type="date"
      id={`r${place}.data`}
      name={`r${place}.data`}
      value={day}
      aria-label={builder.words.criteria.builder.day(place)}
      data-day
    />
  )
}

function CountedDate({ builder, place, rule, operator }: Drawn) {
  const { builder: said, units, before, after } = builder.words.criteria
  const told = countOfWhen(rule.values[0] ?? '')
  const chosen = told?.unit ?? '-d'
  const offered = COUNTED_UNITS.filter((unit) => !isDayOnly(operator) || !unit.endsWith('h'))
  return (
    <span class="crit-count">
      <input
        class="in"
        type="number"
        min={1}
        max={9999}
        id={`r${place}.quanto`}
        name={`r${place}.quanto`}
        value={told?.count ?? ''}
        aria-label={said.count(place)}
      />
      <select class="sel" id={`r${place}.unidade`} name={`r${place}.unidade`} aria-label={said.unit(place)}>
        {offered.map((unit) => {
          const [, many = ''] = units[unit[1] as Unit]
          return (
            <option key={unit} value={unit} selected={unit === chosen}>
              {unit.startsWith('-') ? before(many) : after(many)}
            </option>
          )
        })}
      </select>
    </span>
  )
}
