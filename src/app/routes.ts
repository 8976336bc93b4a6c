// Every room's routes, registered in one place.
import * as adminAudit from '#admin/web/audit.tsx'
import * as adminClock from '#admin/web/clock.tsx'
import * as adminDeadlines from '#admin/web/deadlines.tsx'
import * as adminFiles from '#admin/web/files.tsx'
import * as adminFrame from '#admin/web/frame.tsx'
import * as adminJobs from '#admin/web/jobs.tsx'
import * as adminSessions from '#admin/web/sessions.tsx'
import * as devMail from '#app/web/dev-mail.tsx'
import * as help from '#app/web/help.tsx'
import * as staticPages from '#app/web/static.tsx'
import type { FileStore } from '#attachments/files.ts'
import * as desk from '#desk/web/queue.tsx'
import * as forms from '#forms/web/routes.tsx'
import type { IdentityOptions } from '#identity/options.ts'
import * as identity from '#identity/web/routes.ts'
import * as address from '#notifications/web/address.tsx'
import * as bell from '#notifications/web/bell.tsx'
import * as mailChoice from '#notifications/web/choice.tsx'
import * as letterLinks from '#notifications/web/links.tsx'
import * as display from '#searches/web/display.tsx'
import * as keep from '#searches/web/keep.tsx'
import * as removal from '#searches/web/remove.tsx'
import * as saved from '#searches/web/saved.tsx'
import * as preferences from '#settings/web/preferences.tsx'
import type { Db } from '#shared/db/connect.ts'
import type { Site } from '#shared/web/site.ts'
import { fileDraft } from '#tickets/actions/file-draft.ts'
import { sameVehicle } from '#tickets/reads/same-vehicle.ts'
import * as copy from '#tickets/web/copy.tsx'
import * as documents from '#tickets/web/documents.tsx'
import * as exporting from '#tickets/web/export/routes.tsx'
import * as history from '#tickets/web/history.tsx'
import * as home from '#tickets/web/home.tsx'
import * as list from '#tickets/web/list.tsx'
import * as moves from '#tickets/web/moves.tsx'
import * as receipt from '#tickets/web/receipt.tsx'
import * as search from '#tickets/web/search.tsx'
import * as selection from '#tickets/web/selection.tsx'
import * as ticket from '#tickets/web/ticket.tsx'
import * as uploads from '#tickets/web/uploads.tsx'

export interface RoomDoors {
  readonly store: FileStore
  readonly identity: IdentityOptions
  /** What the links of letters are signed with, and whom they write as. */
  readonly links: letterLinks.LinkDoors
  /** What receipts are signed and checked with. */
  readonly receipts: receipt.ReceiptDoors
  /** Folder of the guide and its pictures. */
  readonly docs: string
  /** Where letters are read that are shown because nothing sends them; undefined: they are not. */
  readonly keptMail: Db | undefined
}

/** Registers the pages and posts of all rooms. */
export function registerRooms(site: Site, doors: RoomDoors): void {
  const { store } = doors
  identity.routes(site, doors.identity)
  preferences.routes(site, { card: mailChoice.choiceCard, keepLang: mailChoice.keepLang })
  mailChoice.routes(site)
  bell.routes(site)
  address.routes(site)
  letterLinks.routes(site, doors.links)
  staticPages.routes(site)
  help.routes(site, doors.docs)
  forms.routes(site, { store, fileDraft, sameVehicle })
  home.routes(site)
  list.routes(site)
  exporting.routes(site)
  selection.routes(site)
  display.routes(site)
  saved.routes(site)
  keep.routes(site)
  removal.routes(site)
  search.routes(site)
  ticket.routes(site, store)
  moves.routes(site, store)
  uploads.routes(site, store)
  history.routes(site)
  documents.routes(site, store)
  receipt.routes(site, doors.receipts)
  copy.routes(site)
  desk.routes(site)
  if (doors.keptMail) devMail.routes(site, doors.keptMail)
  adminFrame.routes(site)
  adminClock.routes(site)
  adminDeadlines.routes(site)
  adminFiles.routes(site)
  adminJobs.routes(site)
  adminSessions.routes(site, doors.identity.foreign)
  adminAudit.routes(site)
}
