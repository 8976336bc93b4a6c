// How easily a password is guessed: dictionaries of common passwords, names and Portuguese words, keyboard walks, dates,
// repetitions. The dictionaries are loaded when the first password is set, not with the server.
import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

/** Of 0 to 4; 3 stands for 10^8 guesses or more, out of reach for whoever has not stolen the hashes. */
const LEAST_SCORE = 3
/** What stands in the page itself is the first thing tried. */
const HOUSE = ['detran', 'detranrs', 'eprod', 'soeweb', 'reconet', 'gravame', 'demonstracao']

/** Its dictionaries take 50 MB: kept while passwords are being set, then let go. */
const KEPT_MS = 60_000
let meter: Promise<ZxcvbnFactory> | undefined
let letGo: ReturnType<typeof setTimeout> | undefined

async function makeMeter(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, portuguese] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-pt-br'),
  ])
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...portuguese.dictionary },
    graphs: common.adjacencyGraphs,
  })
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** What must be left of a password without the words that everybody knows about the person and the house. */
const LEAST_REST = 6

/** Is the password common, or easily guessed by who knows the person? `about`: name, e-mail, CPF, institution. */
export async function isGuessable(password: string, about: readonly string[]): Promise<boolean> {
  meter ??= makeMeter()
  clearTimeout(letGo)
  letGo = setTimeout(() => {
    meter = undefined
  }, KEPT_MS).unref()
  const known = [...HOUSE, ...about.flatMap((text) => plain(text).split(/[\s@.]+/))].filter((word) => word.length > 2)
  const rest = known.reduce((left, word) => left.replaceAll(word, ' '), plain(password)).replace(/[^a-z0-9]/g, '')
  if (rest.length < LEAST_REST) return true
  // A mark between a word and a sequence, as in `Senha@123456`, is what everybody puts there: it makes them no two parts.
  const shown = password.slice(0, 64)
  const asked = [shown, shown.replace(/[^\p{L}\p{N}]/gu, '')]
  const ready = await meter
  return asked.some((text) => ready.check(text, known).score < LEAST_SCORE)
}
