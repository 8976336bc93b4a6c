// What app tells this room about the installation. A door for app: it builds them once.

import type { Db } from '#shared/db/connect.ts'
import type { Side } from '#shared/kit/actor.ts'

export interface IdentityOptions {
  /** Public address without a trailing slash. */
  readonly url: string
  readonly issuer: string
  readonly clientId: string
  /** undefined: a public client (PKCE alone). */
  readonly clientSecret: string | undefined
  /** The entry role's: signing in happens without a visit. */
  readonly db: Db
  /** 32 bytes that seal the cookies of a running sign-in. */
  readonly cookieKey: Buffer
  /** The provider is not our own: it is asked again every few minutes unless it tells by itself that access has ended. */
  readonly foreign: boolean
  /** Lists the demonstration accounts: demonstration and embedded SOE/WEB only. */
  readonly demo: boolean
  /** Where the server really listens, as `http://127.0.0.1:3000`, when the issuer is our own embedded SOE/WEB. */
  readonly reach?: () => string | undefined
  readonly idleSeconds?: number
  readonly absoluteSeconds?: number
  /** Where a person is to go instead, as to a post that was kept; undefined: where it wanted to. */
  readonly afterSignIn?: (personId: number, side: Side) => Promise<string | undefined>
}

/** How long what a foreign provider told counts, before it is asked again. */
export const FRESH_SECONDS = 5 * 60

export const IDLE_SECONDS = 30 * 60
export const ABSOLUTE_SECONDS = 12 * 60 * 60

/** Addresses the provider must know EPROD by. */
export function clientAddresses(url: string): {
  readonly redirectUri: string
  readonly postLogoutRedirectUri: string
  readonly backchannelLogoutUri: string
} {
  return {
    redirectUri: `${url}/entrar/retorno`,
    postLogoutRedirectUri: `${url}/entrar?feito=saiu`,
    backchannelLogoutUri: `${url}/entrar/encerramento`,
  }
}
