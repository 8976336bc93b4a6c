// The page body of a no: what happened and how to mend it.
import type { RefusalCode } from '#shared/refusals.ts'
import { Icon } from '#shared/ui/icon.tsx'
import type { Words } from '#words/words.ts'

export interface RefusalText {
  readonly title: string
  readonly sentence: string
  readonly mend: string
}

/** The sentences of a code; a code without its words does not compile. */
export function refusalText(words: Words, code: RefusalCode): RefusalText {
  return words.refusals[code]
}

/** The body of an error page. `children`: the ways out, as links or buttons. */
export function RefusalBody(props: { text: RefusalText; children?: preact.ComponentChildren }) {
  return (
    <section class="card refusal">
      <h1>
        <Icon name="alert-circle" />
        {props.text.title}
      </h1>
      <p>{props.text.sentence}</p>
      <p>{props.text.mend}</p>
      {props.children ? <div class="acts">{props.children}</div> : null}
    </section>
  )
}
