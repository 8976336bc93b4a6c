// The value of a rule in the builder: what is typed or chosen, as the field's kind asks for. The rows around it: views.tsx.
import { whenName } from '#criteria/rules/describe.ts'
import { type Field, MOST_TEXT, type Operator, type RawRule, takesList } from '#criteria/rules/grammar.ts'
import { readWhen } from '#criteria/rules/when.ts'
import type { Builder } from '#criteria/views.tsx'

export interface ValueProps {
  readonly builder: Builder
  readonly place: string
  readonly field: Field
  readonly rule: RawRule
  readonly operator: Operator | undefined
  readonly wrong: boolean
}

export function ValueField(props: ValueProps) {
  const { builder, place, field, rule, operator, wrong } = props
  const { criteria } = builder.words
  const common = {
    id: `r${place}.valor`,
    name: `r${place}.valor`,
    'aria-label': criteria.builder.value(place),
    'aria-invalid': wrong ? ('true' as const) : undefined,
    'aria-describedby': wrong ? `r${place}-erro` : undefined,
  }
  const typed = operator === 'contains' || operator === 'not-contains'
  const choices =
    field.kind === 'tick'
      ? [
          { value: 'sim', label: criteria.yes },
          { value: 'nao', label: criteria.no },
        ]
      : field.choices
  if (choices && !(field.kind === 'ref' && typed)) {
    const several = operator !== undefined && takesList(operator)
    return (
      <select {...common} class="sel crit-value" multiple={several} size={several ? 4 : undefined}>
        {several ? null : <option value="">{criteria.builder.choose}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={rule.values.includes(choice.value)}>
            {choice.label}
          </option>
        ))}
      </select>
    )
  }
  if (field.kind === 'instant' || field.kind === 'day') return <DateValue {...props} common={common} />
  return (
    <input
      {...common}
      class="in crit-value"
      type="text"
      value={rule.values[0] ?? ''}
      maxLength={MOST_TEXT}
      autoComplete="off"
      inputMode={field.kind === 'number' ? 'numeric' : undefined}
    />
  )
}

/** Dates most asked for, told from now; any other offset may be written in the address. */
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

function DateValue({ builder, place, field, rule, common }: ValueProps & { common: Record<string, unknown> }) {
  const said = builder.words.criteria
  const value = rule.values[0] ?? ''
  const when = readWhen(value)
  const day = when && 'day' in when ? when.day : ''
  // A field that reads its own spelling takes a day alone.
  if (field.clean) return <input {...common} class="in crit-value" type="date" value={value} />
  const offered = when && day === '' && !OFFERED.includes(value) ? [...OFFERED, value] : OFFERED
  return (
    <span class="crit-value crit-date">
      <select {...common} class="sel">
        <option value="data" selected={day !== '' || value === ''}>
          {said.builder.givenDay}
        </option>
        {offered.map((one) => (
          <option key={one} value={one} selected={one === value}>
            {whenName(one, said)}
          </option>
        ))}
      </select>
      <input class="in" type="date" name={`r${place}.data`} value={day} aria-label={said.builder.day(place)} data-day />
    </span>
  )
}
