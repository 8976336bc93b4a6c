// One question of a form as the field its type asks for.
import type { ComponentChildren } from 'preact'
import { NO, type Question, UNKNOWN, YES } from '#forms/rules/definition.ts'
import type { Field } from '#forms/rules/question-type.ts'
import { typeOf } from '#forms/rules/question-types.ts'
import { chosenIn } from '#forms/rules/types/multiple-choice.ts'
import type { Drawing } from '#forms/web/draft-page.tsx'
import { isoDate } from '#shared/kit/iso-date.ts'
import {
  AreaField,
  BoxesField,
  type Choice,
  type FieldProps,
  Prose,
  RadioField,
  SelectField,
  TextField,
  TickField,
} from '#shared/ui/fields.tsx'

interface Given {
  readonly drawing: Drawing
  readonly question: Question
  readonly field: Field
  readonly props: FieldProps
  readonly value: string
  /** The section's heading, when the question stands alone in it. */
  readonly heading?: ComponentChildren
}

function line({ field, props, value }: Given) {
  if (field.as !== 'line') return null
  const { input, code, digits, mask } = field
  return (
    <TextField
      {...props}
      type={input ?? 'text'}
      value={input === 'date' ? (isoDate(value.trim()) ?? value) : value}
      code={code ?? false}
      inputMode={digits ? 'numeric' : input === 'email' ? 'email' : undefined}
      autoComplete={input === 'email' ? 'email' : undefined}
      // Text that is too long is told of, never cut: whoever pasted it would not see what is gone.
      maxLength={code && input !== 'date' ? field.longest : undefined}
      mask={mask}
    />
  )
}

/** Cards beyond this many stand in the way once one of them is chosen. */
const MOST_OPEN = 6

/** What can be chosen, as the page words it. */
function choicesOf({ drawing, question }: Given): readonly Choice[] {
  const { lang, words } = drawing.visit
  if (question.options) {
    return question.options.map((one) => ({ value: one.value, label: one.label[lang], hint: one.hint?.[lang] }))
  }
  const { yes, no, unknown } = words.forms.yesNo
  const said: Record<string, string> = { [YES]: yes, [NO]: no, [UNKNOWN]: unknown }
  return (typeOf(question).choices?.(question) ?? []).map((value) => ({ value, label: said[value] ?? value }))
}

const DRAWN = {
  line,
  area: ({ props, value }) => <AreaField {...props} value={value} />,
  row: (given) => <RadioField {...given.props} value={given.value} choices={choicesOf(given)} columns={false} />,
  cards: (given) => {
    const choices = choicesOf(given)
    const unfold = choices.length > MOST_OPEN ? given.drawing.visit.words.forms.draft.allChoices : undefined
    return <RadioField {...given.props} value={given.value} choices={choices} heading={given.heading} unfold={unfold} />
  },
  boxes: (given) => <BoxesField {...given.props} values={chosenIn(given.value)} choices={choicesOf(given)} />,
  list: (given) => (
    <SelectField
      {...given.props}
      value={given.value}
      choose={given.drawing.visit.words.forms.draft.choose}
      choices={choicesOf(given)}
    />
  ),
  tick: ({ props, value }) => <TickField {...props} value={YES} checked={value === YES} />,
  prose: ({ props }) => <Prose {...props} />,
} as const satisfies Record<Field['as'], (given: Given) => ComponentChildren>

export function QuestionField(given: { drawing: Drawing; question: Question; heading?: ComponentChildren }) {
  const { drawing, question } = given
  const { verdict, visit } = drawing
  const { key } = question
  const { field } = typeOf(question)
  const required = verdict.requiredQuestions.has(key)
  const asksLabel = field.as !== 'tick' && field.as !== 'prose'
  const example = question.example && visit.words.forms.draft.example(question.example[visit.lang])
  const lengths =
    field.as === 'area' && question.most !== undefined
      ? visit.words.forms.draft.lengths(question.least ?? 0, question.most)
      : undefined
  const props: FieldProps = {
    id: `q-${key}`,
    name: key,
    label: question.label[visit.lang],
    hint: [question.hint?.[visit.lang], example, lengths].filter(Boolean).join(' ') || undefined,
    error: drawing.errorOf(key),
    optional: required || !asksLabel ? undefined : visit.words.forms.draft.optional,
    required,
    hidden: !verdict.questions.has(key),
    question: key,
  }
  const draw: (one: Given) => ComponentChildren = DRAWN[field.as]
  return <>{draw({ drawing, question, field, props, value: drawing.answers[key] ?? '', heading: given.heading })}</>
}
