// One question of a form as the field its type asks for.
import type { ComponentChildren } from 'preact'
import { isoDate, UFS } from '#forms/rules/answers.ts'
import { NO, type Question, type QuestionType, UNKNOWN, YES } from '#forms/rules/definition.ts'
import type { Drawing } from '#forms/web/draft-page.tsx'
import { AreaField, type FieldProps, RadioField, SelectField, TextField, TickField } from '#shared/ui/fields.tsx'

interface Given {
  readonly drawing: Drawing
  readonly question: Question
  readonly props: FieldProps
  readonly value: string
  /** The section's heading, when the question stands alone in it. */
  readonly heading?: ComponentChildren
}

/** Longest typed spelling of identifiers, separators included. */
const TYPED_MOST = 60

const code = ({ props, value }: Given, inputMode?: 'numeric') => (
  <TextField {...props} value={value} code maxLength={TYPED_MOST} inputMode={inputMode} />
)
const number = (given: Given) => code(given, 'numeric')
const tick = ({ props, value }: Given) => <TickField {...props} value={YES} checked={value === YES} />

function yesNo({ drawing, props, value, question }: Given) {
  const text = drawing.visit.words.forms.yesNo
  const choices = [
    { value: YES, label: text.yes },
    { value: NO, label: text.no },
    ...(question.type === 'yes-no-unknown' ? [{ value: UNKNOWN, label: text.unknown }] : []),
  ]
  return <RadioField {...props} value={value} choices={choices} columns={false} />
}

function choice({ drawing, props, value, question, heading }: Given) {
  const { lang } = drawing.visit
  const choices = (question.options ?? []).map((one) => ({
    value: one.value,
    label: one.label[lang],
    hint: one.hint?.[lang],
  }))
  return <RadioField {...props} value={value} choices={choices} heading={heading} />
}

const DRAWN = {
  'short-text': ({ props, value, question }) => <TextField {...props} value={value} maxLength={question.most ?? 200} />,
  'long-text': ({ props, value, question }) => <AreaField {...props} value={value} maxLength={question.most} />,
  plate: (given) => code(given),
  chassis: (given) => code(given),
  renavam: number,
  cpf: number,
  cnpj: (given) => code(given),
  'cpf-or-cnpj': (given) => code(given),
  'judicial-number': number,
  date: ({ props, value }) => <TextField {...props} type="date" value={isoDate(value.trim()) ?? value} />,
  'yes-no': yesNo,
  'yes-no-unknown': yesNo,
  choice,
  uf: ({ props, value, drawing }) => (
    <SelectField
      {...props}
      value={value}
      choose={drawing.visit.words.forms.draft.choose}
      choices={UFS.map((uf) => ({ value: uf, label: uf }))}
    />
  ),
  email: ({ props, value }) => (
    <TextField {...props} type="email" value={value} maxLength={254} autoComplete="email" inputMode="email" />
  ),
  tick,
  declaration: tick,
} as const satisfies Record<QuestionType, (given: Given) => ComponentChildren>

export function QuestionField(given: { drawing: Drawing; question: Question; heading?: ComponentChildren }) {
  const { drawing, question } = given
  const { verdict, visit } = drawing
  const { key } = question
  const required = verdict.requiredQuestions.has(key)
  const asksLabel = question.type !== 'tick' && question.type !== 'declaration'
  const props: FieldProps = {
    id: `q-${key}`,
    name: key,
    label: question.label[visit.lang],
    hint: question.hint?.[visit.lang],
    error: drawing.errorOf(key),
    optional: required || !asksLabel ? undefined : visit.words.forms.draft.optional,
    required,
    hidden: !verdict.questions.has(key),
    question: key,
  }
  const draw: (one: Given) => ComponentChildren = DRAWN[question.type]
  return <>{draw({ drawing, question, props, value: drawing.answers[key] ?? '', heading: given.heading })}</>
}
