// A door for app: asks a foreign provider again, as long as the site runs, about everybody who is signed in.
import { askAgain } from '#identity/actions.ts'
import type { IdentityOptions } from '#identity/options.ts'
import { makeProvider } from '#identity/provider.ts'

const EVERY_MS = 15_000

/** Looks every 15 seconds for sessions that are due, and for none when the provider is our own, which tells by itself. */
export function startAsking(
  options: IdentityOptions,
  given: { readonly now: () => Date; failed(error: Error): void },
): { stop(): Promise<void> } {
  if (!options.foreign) return { stop: async () => {} }
  const provider = makeProvider(options)
  let running: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false
  const later = () => {
    if (!over) timer = setTimeout(look, EVERY_MS).unref()
  }
  const look = () => {
    running = askAgain(options, provider, given.now()).catch(given.failed).then(later)
  }
  later()
  return {
    stop: async () => {
      over = true
      clearTimeout(timer)
      await running
    },
  }
}
