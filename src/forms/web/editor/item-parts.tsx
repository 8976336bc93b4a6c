// What is asked of a section, a question and a document in the editor. The page around them: item.tsx.

import { FILE_CHECKS } from '#attachments/rules/checks.ts'
import { describe } from '#criteria/rules/describe.ts'
import type { Version } from '#forms/reads/versions.ts'
import {
  type DocumentRule,
  FILE_KINDS,
  QUESTION_TYPES,
  type Question,
  questionsOf,
  type Section,
} from '#forms/rules/definition.ts'
import type { Place } from '#forms/rules/edit.ts'
import { conditionOf } from '#forms/rules/edit.ts'
import type { Setting } from '#forms/rules/question-type.ts'
import { typeOf } from '#forms/rules/question-types.ts'
import { CONDITION_WORDS, conditionFields, itemAddress } from '#forms/web/editor/frame.tsx'
import { Boxes, Count, errorIn, FieldCard, type Fielded, Pick, TextPair } from '#forms/web/editor/item-fields.tsx'
import { OptionFields } from '#forms/web/editor/option-fields.tsx'

interface Parts<T> extends Fielded {
  readonly version: Version
  readonly place: Place
  readonly isNew: boolean
  readonly item: T
}

const MEGABYTE = 1024 * 1024

export function SectionFields(props: Parts<Section>) {
  const { visit, problems, item } = props
  const { formEditor: text } = visit.words
  const at = { visit, problems }
  return (
    <>
      <FieldCard title={text.texts}>
        <TextPair {...at} name="titulo" label={text.parts.title} value={item.title} required />
        <TextPair {...at} name="dica" label={text.parts.hint} value={item.hint} long />
      </FieldCard>
      <ConditionLinks {...props} names={['show']} />
    </>
  )
}

export function QuestionFields(props: Parts<Question>) {
  const { visit, problems, item } = props
  const { formEditor: text } = visit.words
  const at = { visit, problems }
  const { settings, compares } = typeOf(item)
  const need = item.required === false ? 'nunca' : item.required === undefined ? 'sempre' : 'quando'
  return (
    <>
      <FieldCard title={text.kind}>
        <div class="grid">
          <Pick
            {...at}
            name="tipo"
            label={text.parts.type}
            hint={text.typeHint}
            value={item.type}
            choices={QUESTION_TYPES.map((type) => ({ value: type, label: text.types[type] }))}
          />
          {compares ? (
            <Pick
              {...at}
              name="obrigatoria"
              label={text.parts.required}
              value={need}
              choices={[
                { value: 'sempre', label: text.needs.always },
                { value: 'nunca', label: text.needs.never },
                { value: 'quando', label: text.needs.when },
              ]}
            />
          ) : null}
        </div>
        <p>
          <button class="btn small" type="submit" name="acao" value="atualizar">
            {text.refresh}
          </button>
        </p>
        <div class="grid">
          {settings.map((setting) => (
            <SettingField key={setting} {...props} setting={setting} />
          ))}
        </div>
      </FieldCard>
      <FieldCard title={text.texts}>
        <TextPair {...at} name="rotulo" label={text.parts.label} value={item.label} required />
        <TextPair {...at} name="dica" label={text.parts.hint} value={item.hint} long />
        <TextPair {...at} name="exemplo" label={text.parts.example} value={item.example} />
        {compares ? (
          <TextPair {...at} name="falta" label={text.parts.missing} hint={text.missingHint} value={item.missing} />
        ) : null}
      </FieldCard>
      {settings.includes('options') ? <OptionFields {...at} options={item.options ?? []} /> : null}
      <ConditionLinks {...props} names={compares ? ['show', 'required'] : ['show']} />
    </>
  )
}

function SettingField(props: Parts<Question> & { setting: Setting }) {
  const { visit, problems, version, item, setting } = props
  const { formEditor: text } = visit.words
  const at = { visit, problems }
  const label = text.settings[setting]
  const ticks = questionsOf(version.definition)
    .filter(({ type }) => type === 'tick')
    .map(({ key, label }) => ({ value: key, label: label[visit.lang] }))
  if (setting === 'options') return null
  if (setting === 'least' || setting === 'most' || setting === 'decimals') {
    return <Count {...at} name={setting} label={label} value={item[setting]} />
  }
  if (setting === 'relaxedBy' || setting === 'setsTick') {
    return <Pick {...at} name={setting} label={label} value={item[setting] ?? ''} choices={ticks} />
  }
  const [value, checked] =
    setting === 'future' ? ['sim', item.future === true] : ['own-email', item.startsAs !== undefined]
  return <Boxes name={setting} label={label} boxes={[{ value, label: text.settingYes, checked }]} />
}

export function DocumentFields(props: Parts<DocumentRule>) {
  const { visit, problems, item, version } = props
  const { formEditor: text, attachments } = visit.words
  const at = { visit, problems }
  const { need } = item
  const chosen = typeof need === 'string' ? need : 'group' in need ? `grupo:${need.group}` : 'quando'
  const groups = version.definition.groups.map((one) => ({
    value: `grupo:${one.key}`,
    label: `${text.needs.oneOf}: ${one.name[visit.lang]}`,
  }))
  return (
    <>
      <FieldCard title={text.texts}>
        <TextPair {...at} name="nome" label={text.parts.name} value={item.name} required />
        <TextPair {...at} name="dica" label={text.parts.hint} value={item.hint} long />
        <TextPair {...at} name="exemplo" label={text.parts.example} value={item.example} />
        <TextPair {...at} name="fundamento" label={text.parts.legalBasis} value={item.legalBasis} />
      </FieldCard>
      <FieldCard title={text.demand}>
        <Pick
          {...at}
          name="exigencia"
          label={text.parts.need}
          value={chosen}
          choices={[
            { value: 'required', label: text.needs.always },
            { value: 'quando', label: text.needs.when },
            { value: 'optional', label: text.needs.ifAny },
            ...groups,
          ]}
        />
        <Boxes
          name="tipos"
          label={text.parts.kinds}
          error={errorIn(at, 'tipos')}
          boxes={FILE_KINDS.map((kind) => ({
            value: kind,
            label: attachments.kinds[kind],
            checked: item.kinds.includes(kind),
          }))}
        />
        <div class="grid">
          <Count {...at} name="quantos" label={text.parts.most} hint={text.mostHint} value={item.most} />
          <Count
            {...at}
            name="megabytes"
            label={text.parts.maxBytes}
            hint={text.maxBytesHint}
            value={item.maxBytes === undefined ? undefined : Math.floor(item.maxBytes / MEGABYTE)}
          />
          <Count {...at} name="paginas" label={text.parts.maxPages} value={item.maxPages} />
        </div>
        <Boxes
          name="recusas"
          label={text.parts.refuses}
          hint={text.refusesHint}
          boxes={FILE_CHECKS.map((one) => ({
            value: one,
            label: text.fileChecks[one],
            checked: item.refuses?.includes(one) ?? false,
          }))}
        />
      </FieldCard>
      <ConditionLinks {...props} names={['show', 'required']} />
    </>
  )
}

/** The item's conditions as sentences, each with the way to its builder. A new item has none until it is kept. */
function ConditionLinks(props: Parts<Section | Question | DocumentRule> & { names: readonly ('show' | 'required')[] }) {
  const { visit, version, place, isNew, names } = props
  const { formEditor: text, criteria } = visit.words
  const fields = conditionFields(visit, version.definition)
  return (
    <FieldCard title={text.conditions}>
      {isNew ? <p class="hint">{text.conditionsLater}</p> : null}
      {isNew
        ? null
        : names.map((name) => {
            const condition = conditionOf(version.definition, place, name)
            return (
              <p key={name}>
                {condition
                  ? `${text.conditionSaid[name]} ${describe(condition, fields, criteria)}`
                  : text.conditionNone[name]}{' '}
                <a href={`${itemAddress(version, place)}/${CONDITION_WORDS[name]}`}>{text.conditionEdit[name]}</a>
              </p>
            )
          })}
    </FieldCard>
  )
}
