// What cannot happen. A failure here is a defect of ours, never of a person's input.

/** Stops with a message for us; use where the types say a branch is unreachable. */
export function never(value: never, message = 'unreachable'): never {
  throw new Error(`${message}: ${JSON.stringify(value)}`)
}
