// What is known of a file, as texts and as the lines other rooms show beside its name.
import { type CheckRule, type FileCheck, hintsOf } from '#attachments/rules/checks.ts'
import { Icon } from '#shared/ui/icon.tsx'
import type { Words } from '#words/words.ts'

export interface CheckTexts {
  readonly facts: readonly string[]
  readonly warnings: readonly string[]
  /** More will be known soon. */
  readonly waiting: boolean
}

/** The check of a file in words. */
export function checkTexts(words: Words, check: FileCheck | null, rule?: CheckRule): CheckTexts {
  const { facts, warnings, waiting } = hintsOf(check, rule)
  const { checks } = words.attachments
  return {
    waiting,
    facts: facts.map((one) => checks.facts[one.code](one.with)),
    warnings: warnings.map((one) => checks.warnings[one.code](one.with)),
  }
}

/** What is wrong with a file, one line each; nothing where nothing is. */
export function Warnings({ texts }: { texts: readonly string[] }) {
  return (
    <>
      {texts.map((text) => (
        <span class="warnline" key={text}>
          <Icon name="alert-triangle" />
          {text}
        </span>
      ))}
    </>
  )
}
