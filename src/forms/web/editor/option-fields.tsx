// The options of a choice in the editor: one fold each, with buttons that move and remove it.
import type { Option } from '#forms/rules/definition.ts'
import { errorIn, FieldCard, type Fielded, TextPair } from '#forms/web/editor/item-fields.tsx'
import { TextField } from '#shared/ui/fields.tsx'
import { Icon } from '#shared/ui/icon.tsx'

export function OptionFields({ visit, problems, options }: Fielded & { options: readonly Option[] }) {
  const { formEditor: text } = visit.words
  const at = { visit, problems }
  return (
    <FieldCard title={text.options}>
      <p class="hint">{text.optionsHint}</p>
      {options.map((option, n) => (
        <OptionRow key={`${n} ${option.value}`} {...at} option={option} n={n} />
      ))}
      <p>
        <button class="btn small" type="submit" name="acao" value="opcao:nova">
          <Icon name="plus" />
          {text.add.option}
        </button>
      </p>
    </FieldCard>
  )
}

function OptionRow({ visit, problems, option, n }: Fielded & { option: Option; n: number }) {
  const { formEditor: text } = visit.words
  const at = { visit, problems }
  const name = `opcao-${n}`
  const label = option.label[visit.lang] || text.newOption
  const wrong = problems.some((one) => one.field.startsWith(`${name}-`))
  const buttons = [
    ['sobe', 'arrow-up', text.upItem(label)],
    ['desce', 'arrow-down', text.downItem(label)],
    ['tira', 'trash', text.removeItem(label)],
  ] as const
  return (
    <div class="ed-option">
      <details class="fold" open={option.value === '' || wrong}>
        <summary>
          {label} <code>{option.value}</code>
        </summary>
        <div class="stack pad">
          <TextField
            id={`q-${name}-valor`}
            name={`${name}-valor`}
            label={text.parts.value}
            hint={text.valueHint}
            value={option.value}
            error={errorIn(at, `${name}-valor`)}
            maxLength={60}
            code
          />
          <TextPair {...at} name={`${name}-rotulo`} label={text.parts.label} value={option.label} required />
          <TextPair {...at} name={`${name}-dica`} label={text.parts.hint} value={option.hint} />
          <TextPair {...at} name={`${name}-fundamento`} label={text.parts.legalBasis} value={option.legalBasis} />
        </div>
      </details>
      <span class="acts ed-moves">
        {buttons.map(([verb, icon, label]) => (
          <button class="btn sq ghost" type="submit" name="acao" value={`opcao:${verb}:${n}`} key={verb}>
            <Icon name={icon} />
            <span class="vh">{label}</span>
          </button>
        ))}
      </span>
    </div>
  )
}
