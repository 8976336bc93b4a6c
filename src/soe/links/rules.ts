// What is true of one-time links: what they are for and how long they hold. Pure.

/** Hours a link holds. An invitation waits for a person who does not expect it; a reset for one that has just asked. */
export const LINK_HOURS = { invitation: 72, reset: 1 } as const satisfies Record<string, number>

export type LinkPurpose = keyof typeof LINK_HOURS

export interface KeptLink {
  readonly accountId: string
  readonly purpose: LinkPurpose
  readonly expiresAt: Date
  readonly usedAt: Date | null
  readonly replacedAt: Date | null
}

/** `wrong`: there is no such link. `replaced`: a later one was sent. */
export type LinkState =
  | { readonly is: 'good'; readonly accountId: string; readonly purpose: LinkPurpose }
  | { readonly is: 'wrong' | 'used' | 'expired' | 'replaced' }

/** What a link is worth at an instant. */
export function stateOf(link: KeptLink | undefined, now: Date): LinkState {
  if (!link) return { is: 'wrong' }
  if (link.usedAt) return { is: 'used' }
  if (link.replacedAt) return { is: 'replaced' }
  if (link.expiresAt <= now) return { is: 'expired' }
  return { is: 'good', accountId: link.accountId, purpose: link.purpose }
}
