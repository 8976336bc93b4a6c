// Applications as the OpenID provider knows them: read from the database at every request, their secrets compared as hashes.
import type { AdapterFactory, AdapterPayload, Provider } from 'oidc-provider'
import { isSecretOf, newSecret } from '#soe/applications/actions.ts'
import { activeAddresses, applicationById } from '#soe/applications/reads.ts'
import type { SoeDb } from '#soe/tables.ts'

/** What every client of the house has in common: a confidential one that runs the code flow. */
export const CLIENT = {
  grant_types: ['authorization_code'],
  response_types: ['code' as const],
  // The library's page that posts itself is stopped by our content policy.
  response_modes: ['query' as const],
  token_endpoint_auth_method: 'client_secret_basic' as const,
  id_token_signed_response_alg: 'ES256' as const,
}

/** The library wants a secret; `compareByHash` never looks at it, and nobody knows it. */
const UNUSED = newSecret()

/** The application of a name; undefined: there is none, or it is suspended. */
export async function clientOf(db: SoeDb, id: string): Promise<AdapterPayload | undefined> {
  const found = await applicationById(db, id)
  if (found?.status !== 'active') return undefined
  const { backchannelLogoutUri: notice } = found
  return {
    ...CLIENT,
    client_id: found.id,
    client_secret: UNUSED,
    client_name: found.name,
    redirect_uris: [...found.redirectUris],
    post_logout_redirect_uris: [...found.postLogoutUris],
    ...(notice ? { backchannel_logout_uri: notice, backchannel_logout_session_required: true } : {}),
  }
}

/** Lets the provider find the applications of the database beside the client it was configured with. */
export function withApplications(adapter: AdapterFactory, db: SoeDb): AdapterFactory {
  return (model) => (model === 'Client' ? { ...adapter(model), find: (id) => clientOf(db, id) } : adapter(model))
}

/** Has secrets of applications compared by their hashes, so that an old and a new one count during a rotation. */
export function compareByHash(provider: Provider, given: { db: SoeDb; now: () => Date; configured: string }): void {
  const { prototype } = provider.Client
  const asConfigured = prototype.compareClientSecret
  prototype.compareClientSecret = function compare(secret) {
    if (this.clientId === given.configured) return asConfigured.call(this, secret)
    return isSecretOf(given.db, { clientId: this.clientId, secret, now: given.now() })
  }
}

/** Origins that our forms may lead to: those of the applications in use (Chromium holds redirects to `form-action` too). */
export async function formTargets(db: SoeDb): Promise<string[]> {
  return [...new Set((await activeAddresses(db)).map((address) => new URL(address).origin))].sort()
}
