// How long judging a big form takes: 300 questions and 500 rules (issue C).
import type { Item } from '#criteria/rules/grammar.ts'
import { evaluate, type Shape } from '#forms/rules/evaluate.ts'
import { keep } from './results.ts'

const QUESTIONS = 300
const RULES = 500
const ROUNDS = 200
const WANTED_MS = 10

/** Each question hangs on the one or two before it, so that all must be judged and nothing can be passed over. */
export function bigForm(): Shape {
  const rule = (at: number, link: 'and' | 'or'): Item => ({ link, field: `q${at}`, operator: 'is', values: ['x'] })
  let rules = 0
  const questions = Array.from({ length: QUESTIONS }, (_, at) => {
    const show = [1, 2]
      .filter((back) => at >= back && rules < RULES)
      .map((back) => rule(at - back, back === 1 ? 'and' : 'or'))
    rules += show.length
    return { key: `q${at}`, type: 'short-text' as const, ...(show.length > 0 ? { show } : {}) }
  })
  return { sections: [{ key: 's', questions }] }
}

/** Judges the form anew each time and keeps the middle and the slowest of the rounds. */
export async function measureForm(): Promise<void> {
  const answers = Object.fromEntries(Array.from({ length: QUESTIONS }, (_, at) => [`q${at}`, 'x']))
  const times = Array.from({ length: ROUNDS }, () => {
    const form = bigForm()
    const began = performance.now()
    evaluate(form, answers)
    return performance.now() - began
  }).sort((a, b) => a - b)
  const shown = (ms: number | undefined): string => (ms ?? 0).toFixed(2)
  keep({
    title: 'form',
    command: 'npm run bench form',
    head: [`${QUESTIONS} questions, ${RULES} rules (wanted: under ${WANTED_MS} ms)`, 'ms'],
    rows: [
      [`middle of ${ROUNDS}`, shown(times[ROUNDS / 2])],
      ['slowest, the first included', shown(times.at(-1))],
    ],
  })
}
