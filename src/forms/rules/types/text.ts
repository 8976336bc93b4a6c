// Reads a text of one or several lines by its least and most characters.
import { type Asked, one, type Values, wrong } from '#forms/rules/question-type.ts'
import type { Checked } from '#shared/problems.ts'

/** Longest answer that is kept, right or wrong; of a longer one so much that it is seen to be too long. */
export const LONGEST_ANSWER = 20_000

/** Codes `too-long` and `too-short`; characters are counted as people see them, a line break as one. */
export function readText(asked: Asked, longest: number): Checked<Values> {
  const { least = 0, most = longest } = asked.question
  const value = asked.typed.replace(/\r\n?/g, '\n')
  const has = [...value].length
  if (has > most) return wrong(asked, 'too-long', { most, has })
  if (has < least) return wrong(asked, 'too-short', { least, has })
  return one(asked, value)
}
