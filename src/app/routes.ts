// Every room's routes, registered in one place.
import type { FileStore } from '#attachments/files.ts'
import type { IdentityOptions } from '#identity/options.ts'
import * as identity from '#identity/web/routes.ts'
import type { Site } from '#shared/web/site.ts'
import * as copy from '#tickets/web/copy.tsx'
import * as documents from '#tickets/web/documents.tsx'
import * as history from '#tickets/web/history.tsx'
import * as moves from '#tickets/web/moves.tsx'
import * as ticket from '#tickets/web/ticket.tsx'

/** Registers the pages and posts of all rooms. */
export function registerRooms(site: Site, doors: { readonly store: FileStore; readonly identity: IdentityOptions }): void {
  const { store } = doors
  identity.routes(site, doors.identity)
  ticket.routes(site, store)
  moves.routes(site, store)
  history.routes(site)
  documents.routes(site, store)
  copy.routes(site)
}
