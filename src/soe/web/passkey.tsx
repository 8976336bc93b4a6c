// The form that asks the browser for a passkey. It needs a script and stays hidden without one (islands/passkey.ts).
import { Icon } from '#shared/ui/icon.tsx'
import type { Question } from '#soe/factors/passkeys.ts'
import type { Words } from '#words/words.ts'

export interface PasskeyView extends Question {
  readonly action: string
}

/** `mode`: use a passkey, or make one. */
export function PasskeyForm(props: {
  words: Words
  view: PasskeyView
  label: string
  mode?: 'use' | 'make'
  name?: string
}) {
  const { view, words } = props
  return (
    <form
      class="card"
      method="post"
      action={view.action}
      hidden
      data-passkey={props.mode ?? 'use'}
      data-options={view.options}
    >
      <div class="sect stack">
        <input type="hidden" name="pergunta" value={view.sealed} />
        <input type="hidden" name="resposta" value="" />
        {props.name === undefined ? null : <input type="hidden" name="nome" value={props.name} />}
        <div class="acts">
          <button class="btn" type="submit">
            <Icon name="key" />
            {props.label}
          </button>
        </div>
        <p class="errm" role="alert" hidden>
          {words.soe.passkey.failed}
        </p>
      </div>
    </form>
  )
}
