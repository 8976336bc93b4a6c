// The builder of a search: rows of rules and groups with remove (A), add rule (B), add group (C). Whoever shows it brings the
// form, its address and the button that searches (D). All state stands in the fields' names, so that it works with scripts off.
import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { operatorName } from '#criteria/rules/describe.ts'
import {
  type Field,
  type Fields,
  isGroup,
  LINK_KEYS,
  LINKS,
  MOST_DEPTH,
  MOST_RULES,
  OPERATOR_KEYS,
  OPERATORS,
  type Operator,
  operatorsOf,
  type RawGroup,
  type RawItem,
  type RawRule,
  takesValue,
} from '#criteria/rules/grammar.ts'
import { ValueField, valueHint } from '#criteria/value-view.tsx'
import type { Problem } from '#shared/problems.ts'
import { problemText } from '#shared/ui/fields.tsx'
import { drawnBefore } from '#shared/ui/html.ts'
import { Icon } from '#shared/ui/icon.tsx'
import type { Words } from '#words/words.ts'

export interface Builder {
  readonly items: readonly RawItem[]
  readonly fields: Fields
  readonly words: Words
  readonly problems: readonly Problem[]
  /** The field a new rule begins with. */
  readonly start: string
}

/** The name of the buttons A, B and C; their values are read by `readEdit`. */
export const EDIT = 'acao'

/** All rows and the buttons that add to them. `children` stand beside the buttons: the one that searches. */
export function CriteriaBuilder({ children, ...builder }: Builder & { children?: ComponentChildren }) {
  return (
    <div class="crit">
      <Rows builder={builder} items={builder.items} path="" />
      <div class="crit-acts">
        <AddButtons builder={builder} path="" depth={1} />
        <button type="submit" class="btn ghost small crit-refit" name={EDIT} value="campos" data-refit-button>
          {builder.words.criteria.builder.refit}
        </button>
        {children}
      </div>
    </div>
  )
}

function Rows({ builder, items, path }: { builder: Builder; items: readonly RawItem[]; path: string }) {
  if (items.length === 0) return null
  return (
    <ol class="crit-rows">
      {items.map((item, at) => {
        const place = path === '' ? `${at + 1}` : `${path}.${at + 1}`
        const shown = { builder, place, first: at === 0 }
        return (
          <li key={place} id={`r-${place.replaceAll('.', '-')}`}>
            {isGroup(item) ? <GroupRow {...shown} group={item} /> : <RuleRow {...shown} rule={item} />}
          </li>
        )
      })}
    </ol>
  )
}

interface Shown {
  readonly builder: Builder
  /** `2.1`: the first of the second, which is a group. */
  readonly place: string
  readonly first: boolean
}

function GroupRow({ builder, place, first, group }: Shown & { group: RawGroup }) {
  const { builder: said } = builder.words.criteria
  return (
    <fieldset class="crit-group">
      <legend class="vh">{said.group(place)}</legend>
      <div class="crit-head">
        <LinkSelect builder={builder} place={place} first={first} link={group.link} />
        <span class="crit-word">{said.groupWord}</span>
        <RemoveButton builder={builder} place={place} label={said.removeGroup(place)} />
      </div>
      <Rows builder={builder} items={group.items} path={place} />
      <div class="crit-acts">
        <AddButtons builder={builder} path={place} depth={place.split('.').length + 1} />
      </div>
    </fieldset>
  )
}

function RuleRow({ builder, place, first, rule }: Shown & { rule: RawRule }) {
  const { builder: said } = builder.words.criteria
  const field = builder.fields.get(rule.field)
  const faults = builder.problems.filter((problem) => problem.field.startsWith(`r${place}.`))
  const wrong = (part: string) => faults.some((problem) => problem.field === `r${place}.${part}`)
  const operator = OPERATOR_KEYS.find((key) => OPERATORS[key] === rule.operator)
  const value =
    field && (!operator || takesValue(operator))
      ? { builder, place, field, rule, operator, wrong: wrong('valor') }
      : undefined
  const hint = value && valueHint(value)
  return (
    <div class="crit-rule">
      <LinkSelect builder={builder} place={place} first={first} link={rule.link} />
      <select
        class="sel crit-field"
        id={`r${place}.campo`}
        name={`r${place}.campo`}
        aria-label={said.field(place)}
        aria-invalid={wrong('campo') ? 'true' : undefined}
        data-refit
      >
        {field ? null : <option value="">{said.choose}</option>}
        {drawnBefore(fieldOptions(builder, rule.field))}
      </select>
      <OperatorSelect said={builder.words.criteria} place={place} field={field} rule={rule} wrong={wrong('op')} />
      {value ? <ValueField {...value} /> : <span class="crit-value" />}
      <RemoveButton builder={builder} place={place} label={said.removeRule(place)} />
      {hint ? (
        <p class="hint" id={`r${place}-dica`}>
          {hint}
        </p>
      ) : null}
      {faults.map((problem) => (
        <p class="errm" key={problem.code} id={`r${place}-erro`}>
          <Icon name="alert-circle" />
          <span>{problemText(builder.words, problem)}</span>
        </p>
      ))}
    </div>
  )
}

function LinkSelect({ builder, place, first, link }: Shown & { link: string }) {
  const { links, builder: said } = builder.words.criteria
  const keys = first ? (['and', 'and-not'] as const) : LINK_KEYS
  return (
    <select class="sel crit-link" id={`r${place}.lig`} name={`r${place}.lig`} aria-label={said.link(place)}>
      {keys.map((key) => (
        <option key={key} value={LINKS[key]} selected={LINKS[key] === link}>
          {first ? (key === 'and' ? said.firstPlain : said.firstNot) : links[key]}
        </option>
      ))}
    </select>
  )
}

/** Long and the same for every rule of a field: drawn once for each set of fields and chosen field. */
const drawn = new WeakMap<Fields, Map<string, string>>()
function fieldOptions({ fields }: Builder, chosen: string): string {
  const known = drawn.get(fields) ?? new Map<string, string>()
  drawn.set(fields, known)
  const key = fields.has(chosen) ? chosen : ''
  let html = known.get(key)
  if (html === undefined) {
    const groups = Map.groupBy(fields.values(), (field) => field.group)
    html = [...groups]
      .map(([group, list]) => renderToString(<FieldGroup name={group} list={list} chosen={key} />))
      .join('')
    known.set(key, html)
  }
  return html
}

function FieldGroup({ name, list, chosen }: { name: string; list: readonly Field[]; chosen: string }) {
  return (
    <optgroup label={name}>
      {list.map((field) => (
        <option key={field.key} value={field.key} selected={field.key === chosen}>
          {field.name}
        </option>
      ))}
    </optgroup>
  )
}

interface OperatorProps {
  readonly said: Words['criteria']
  readonly place: string
  readonly field: Field | undefined
  readonly rule: RawRule
  readonly wrong: boolean
}

function OperatorSelect({ said, place, field, rule, wrong }: OperatorProps) {
  const offered: readonly Operator[] = field ? operatorsOf(field) : []
  return (
    <select
      class="sel crit-op"
      id={`r${place}.op`}
      name={`r${place}.op`}
      aria-label={said.builder.operator(place)}
      aria-invalid={wrong ? 'true' : undefined}
      data-refit
    >
      {offered.map((operator) => (
        <option key={operator} value={OPERATORS[operator]} selected={OPERATORS[operator] === rule.operator}>
          {field ? operatorName(field, operator, said) : operator}
        </option>
      ))}
    </select>
  )
}

function RemoveButton({ builder, place, label }: { builder: Builder; place: string; label: string }) {
  return (
    <button
      type="submit"
      class="btn sq ghost crit-x"
      name={EDIT}
      value={`tira:${place}`}
      title={builder.words.criteria.builder.remove}
    >
      <Icon name="x" />
      <span class="vh">{label}</span>
    </button>
  )
}

function AddButtons({ builder, path, depth }: { builder: Builder; path: string; depth: number }) {
  const { builder: said } = builder.words.criteria
  const count = countRules(builder.items)
  if (count >= MOST_RULES || depth > MOST_DEPTH) return null
  return (
    <>
      <button type="submit" class="btn small" name={EDIT} value={`regra:${path}`}>
        <Icon name="plus" />
        {said.addRule}
        {path ? <span class="vh">{said.inGroup(path)}</span> : null}
      </button>
      {depth < MOST_DEPTH ? (
        <button type="submit" class="btn small" name={EDIT} value={`grupo:${path}`}>
          <Icon name="list-tree" />
          {said.addGroup}
          {path ? <span class="vh">{said.inGroup(path)}</span> : null}
        </button>
      ) : null}
    </>
  )
}

const countRules = (items: readonly RawItem[]): number =>
  items.reduce((sum, item) => sum + (isGroup(item) ? countRules(item.items) : 1), 0)
