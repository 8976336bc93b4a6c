// Ends sessions of SOE/WEB without the library's self-submitting pages, which a strict content policy does not run.
import type { KoaContextWithOIDC } from 'oidc-provider'
import { endSession } from '#soe/sessions/sessions.ts'
import type { SoeDb } from '#soe/tables.ts'

/** Does the ID token that came along prove that the signed-in person itself asks? Then nothing is left to confirm. */
export function endsAtOnce(ctx: KoaContextWithOIDC): boolean {
  const hint = ctx.oidc.entities.IdTokenHint as { payload?: { sub?: unknown } } | undefined
  const accountId = ctx.oidc.session?.accountId
  return accountId !== undefined && hint?.payload?.sub === accountId
}

/** Ends the session of the request, takes back all that was granted in it, and tells the clients. */
export async function endOwnSession(ctx: KoaContextWithOIDC, db: SoeDb, now: Date): Promise<void> {
  const { session, provider } = ctx.oidc
  if (!session) return
  await endSession({ db }, session, now)
  ctx.cookies.set(provider.cookieName('session'), null, { path: '/', httpOnly: true, sameSite: 'lax', signed: true })
}

/** Sends the browser where the client asked, which the library has checked against its registered addresses. */
export function leaveTo(ctx: KoaContextWithOIDC): void {
  const { params } = ctx.oidc
  const given = params?.post_logout_redirect_uri
  const target = new URL(typeof given === 'string' ? given : ctx.oidc.urlFor('end_session_success'))
  if (typeof given === 'string' && typeof params?.state === 'string') target.searchParams.set('state', params.state)
  ctx.status = 303
  ctx.redirect(target.href)
}

/**
 * Runs around the library: where nobody is signed in it would send a form that submits itself; we send the browser on. Nor are
 * answers by such a form announced (clients.ts).
 */
export async function withoutSelfSubmittingForms(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next()
  const page = typeof ctx.body === 'string' && ctx.body.includes('<title>Submitting Callback</title>')
  if (page && ctx.oidc.route === 'end_session' && !ctx.oidc.session?.accountId) leaveTo(ctx)
  if (ctx.oidc?.route === 'discovery') (ctx.body as Record<string, unknown>).response_modes_supported = ['query']
}
