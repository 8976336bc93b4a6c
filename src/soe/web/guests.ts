// Who looks at a page of SOE/WEB: kept beside the raw request, because the provider's own pages know nothing of Fastify.
import type { IncomingMessage } from 'node:http'
import type { Guest } from '#shared/web/site.ts'
import { wordsFor } from '#words/words.ts'

const guests = new WeakMap<IncomingMessage, Guest>()

export function rememberGuest(request: IncomingMessage, guest: Guest): void {
  guests.set(request, guest)
}

/** The guest of a request the provider answers. Its address holds one-time values: changing the language leads home. */
export function guestFor(request: IncomingMessage, now: Date): Guest {
  const guest = guests.get(request)
  return guest
    ? { ...guest, path: '/' }
    : { words: wordsFor('pt-BR'), lang: 'pt-BR', theme: undefined, now, path: '/', demo: false }
}
