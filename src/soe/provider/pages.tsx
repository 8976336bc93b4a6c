// The pages oidc-provider asks for: error, sign-out, signed out. Ours, without scripts; the library's are never shown.
import type { IncomingMessage } from 'node:http'
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type { Answer } from '#shared/web/site.ts'
import { endOwnSession, endsAtOnce, leaveTo } from '#soe/provider/sign-out.ts'
import type { SoeDb } from '#soe/tables.ts'
import { guestFor } from '#soe/web/guests.ts'
import { confirmSignOutPage, failedPage, signedOutPage } from '#soe/web/notices.tsx'

export interface ProviderPages {
  readonly error: NonNullable<Configuration['renderError']>
  logout(ctx: KoaContextWithOIDC): Promise<void>
  loggedOut(ctx: KoaContextWithOIDC): Promise<void>
}

/** Builds them. `home`: where the house that asked begins. */
export function providerPages(given: { db: SoeDb; home: string; now: () => Date }): ProviderPages {
  const guestOf = (ctx: { req: IncomingMessage }) => guestFor(ctx.req, given.now())
  return {
    error: (ctx, out) => {
      show(ctx, failedPage(guestOf(ctx), { home: given.home, code: out.error, status: ctx.status }))
    },
    logout: async (ctx) => {
      if (endsAtOnce(ctx)) {
        await endOwnSession(ctx, given.db, given.now())
        leaveTo(ctx)
      } else {
        show(ctx, confirmSignOutPage(guestOf(ctx), { ...confirmation(ctx), home: given.home }))
      }
    },
    loggedOut: async (ctx) => show(ctx, signedOutPage(guestOf(ctx), given.home)),
  }
}

function confirmation(ctx: KoaContextWithOIDC): { action: string; secret: string } {
  const secret = ctx.oidc.session?.state?.secret
  return { action: ctx.oidc.urlFor('end_session_confirm'), secret: typeof secret === 'string' ? secret : '' }
}

function show(ctx: KoaContextWithOIDC, answer: Answer): void {
  if (!('html' in answer)) return
  ctx.status = answer.status ?? 200
  ctx.type = 'html'
  ctx.body = answer.html
}
