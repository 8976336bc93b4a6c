// Where a person may be sent after signing in.
import { ownPath } from '#shared/kit/own-path.ts'

/** Pages of entering and leaving: being sent there after entering would go in circles. */
const NOT_THERE = /^\/(entrar|sair)(?:[/?#]|$)/

/** The path, or undefined when it is not surely a page of our own that one is to see after entering. */
export function destinationOf(given: unknown): string | undefined {
  const path = ownPath(given)
  return path === undefined || NOT_THERE.test(path) ? undefined : path
}
