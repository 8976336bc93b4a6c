// Every text for people, by language. pt-BR is the first language: its type is `Words`; a missing English text does not compile.
import * as en from '#words/en/all.ts'
import * as pt from '#words/pt-BR/all.ts'

export type Words = typeof pt
export type Lang = 'pt-BR' | 'en'
export const LANGS: readonly Lang[] = ['pt-BR', 'en']

const WORDS: Record<Lang, Words> = { 'pt-BR': pt, en }

/** The texts of a language. */
export function wordsFor(lang: Lang): Words {
  return WORDS[lang]
}
