// The routes of SOE/WEB that are its own pages. All other addresses below /soe belong to the provider.
import type { FastifyInstance } from 'fastify'
import { accountRoutes } from '#soe/web/account.ts'
import { adminRoutes } from '#soe/web/admin/routes.ts'
import { type SoePages, send } from '#soe/web/doors.ts'
import { enteringRoutes } from '#soe/web/entering.ts'
import { forgottenRoutes } from '#soe/web/forgotten.ts'
import { helpPage } from '#soe/web/help.tsx'
import { invitationRoutes } from '#soe/web/invitation.tsx'
import { masterRoutes } from '#soe/web/master/routes.ts'

/** Registers them; the caller has prepared the raw request for the provider. */
export function soeRoutes(app: FastifyInstance, pages: SoePages): void {
  for (const path of ['/soe', '/soe/']) app.get(path, async (_request, reply) => reply.redirect('/soe/ajuda', 303))
  app.get('/soe/ajuda', async (request, reply) => send(reply, helpPage(pages.guestOf(request), pages.home)))
  enteringRoutes(app, pages)
  forgottenRoutes(app, pages)
  accountRoutes(app, pages)
  invitationRoutes(app, pages)
  masterRoutes(app, pages)
  adminRoutes(app, pages)
}
