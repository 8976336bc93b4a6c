// The tables as Kysely types. What each column means stands in migrations/.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Problem } from '#shared/problems.ts'

type Json<T> = ColumnType<T, string, string>
type At = ColumnType<Date, Date, Date>
type AtOrNull = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface InstitutionTable {
  id: GeneratedAlways<number>
  cnpj: string
  name: string
  side: Generated<'institution' | 'staff'>
  created_at: Generated<Date>
}
export interface TeamTable {
  id: GeneratedAlways<number>
  institution_id: number
  name: string
}
export interface TeamMemberTable {
  team_id: number
  person_id: number
}
export interface PersonTable {
  id: GeneratedAlways<number>
  institution_id: number
  cpf: string
  name: string
  email: string
  side: 'institution' | 'staff'
  created_at: Generated<Date>
  seen_at: Generated<Date>
  access_ended_at: AtOrNull
}
export interface SettingTable {
  key: string
  value: Json<unknown>
  changed_at: Generated<Date>
}
export interface CalendarDayTable {
  id: GeneratedAlways<number>
  kind: 'holiday' | 'optional' | 'suspension'
  first_day: ColumnType<Date, string, never>
  last_day: ColumnType<Date, string, never>
  name: string
  source: string
  added_by: number | null
  added_at: At
}
export interface MailChoiceTable {
  person_id: number
  institution_id: number
  scope: 'none' | 'mine' | 'all'
  digest: boolean
  lang: 'pt-BR' | 'en'
  changed_at: At
}
export interface NotificationTable {
  id: GeneratedAlways<number>
  person_id: number
  entry_id: number
  ticket_id: number
  event: string
  at: At
  digest: Generated<boolean>
  read_at: AtOrNull
}
export interface MailAddressTable {
  institution_id: number
  address: string
  first_at: AtOrNull
  confirmed_at: AtOrNull
  stopped_at: AtOrNull
}
export interface HeldLetterTable {
  institution_id: number
  address: string
  entry_id: number
  held_until: At
}
export interface JournalEntryTable {
  id: GeneratedAlways<number>
  thing: string
  thing_id: string
  seq: GeneratedAlways<number>
  institution_id: number | null
  actor_id: number | null
  event: string
  at: At
  public_part: Json<Record<string, unknown>>
  private_part: ColumnType<Record<string, unknown> | null, string | null | undefined, null>
  salt: GeneratedAlways<Buffer | null>
  private_digest: GeneratedAlways<Buffer | null>
  staff_only: Generated<boolean>
  previous_hash: GeneratedAlways<Buffer | null>
  hash: GeneratedAlways<Buffer>
}
export interface FormTable {
  id: GeneratedAlways<number>
  code: string
}
export interface FormVersionTable {
  id: GeneratedAlways<number>
  form_id: number
  number: number
  status: Generated<'draft' | 'published' | 'retired'>
  definition: Json<unknown>
  created_at: Generated<Date>
  published_at: AtOrNull
  tests: ColumnType<unknown, string | undefined, string>
  edition: Generated<number>
  changed_at: Generated<Date>
  changed_by: ColumnType<number | null, number | null | undefined, number | null>
  retired_at: AtOrNull
}
export interface DraftTable {
  /** Who made the declarations that stand in the answers. */
  declared_by: number | null
  id: Generated<string>
  institution_id: number
  person_id: number
  form_version_id: number
  answers: Json<Record<string, unknown>>
  copied_from: number | null | undefined
  filed_as: number | null | undefined
  created_at: At
  updated_at: At
}
export interface KeptPostTable {
  id: string
  person_id: number
  path: string
  fields: Json<Record<string, string[]>>
  files: Json<unknown[]>
  kept_until: At
  created_at: At
  offered_at: AtOrNull
}
export interface WaitingTypeTable {
  id: GeneratedAlways<number>
  parent_id: number | null
  name: Json<{ 'pt-BR': string; en: string }>
  position: number
}
export type TicketStatus = 'new' | 'processing' | 'pending' | 'solved' | 'closed'
export interface TicketTable {
  id: Generated<number>
  institution_id: number
  status: Generated<TicketStatus>
  version: Generated<number>
  subject: string
  title: GeneratedAlways<string>
  category: Generated<string>
  form_version_id: number
  case_code: string
  answers: Json<Record<string, unknown>>
  plate: string | null
  chassis: string | null
  renavam: string | null
  requester_id: number
  assignee_id: ColumnType<number | null, number | null | undefined, number | null>
  team_id: ColumnType<number | null, number | null | undefined, number | null>
  notify_email: ColumnType<string | null, string | null | undefined, string | null>
  waiting_type_id: ColumnType<number | null, never, number | null>
  waiting_reason: ColumnType<string | null, never, string | null>
  due_at: ColumnType<Date | null, never, Date | null>
  opened_at: At
  updated_at: At
  solved_at: ColumnType<Date | null, never, Date | null>
  closed_at: ColumnType<Date | null, never, Date | null>
  copied_from: ColumnType<number | null, number | null | undefined, never>
}
export interface TicketObserverTable {
  ticket_id: number
  team_id: number
  institution_id: number
}
export type FollowUpKind = 'follow-up' | 'note' | 'request' | 'solution' | 'approval' | 'refusal'
export type Outcome = 'granted' | 'denied' | 'no-answer'
export interface FollowUpTable {
  id: GeneratedAlways<number>
  ticket_id: number
  institution_id: number
  kind: FollowUpKind
  author_id: number | null
  body: string
  outcome: ColumnType<Outcome | null, Outcome | null | undefined, never>
  waiting_type_id: ColumnType<number | null, number | null | undefined, never>
  waiting_reason: ColumnType<string | null, string | null | undefined, never>
  due_at: ColumnType<Date | null, Date | null | undefined, never>
  request_key: ColumnType<string | null, string | null | undefined, never>
  created_at: At
  staff_only: GeneratedAlways<boolean>
}
export interface RequestedDocumentTable {
  follow_up_id: number
  institution_id: number
  document: string
  fault: string
}
export interface AttachmentTable {
  id: Generated<string>
  institution_id: number
  draft_id: ColumnType<string | null, string | null | undefined, string | null>
  ticket_id: ColumnType<number | null, number | null | undefined, number | null>
  follow_up_id: ColumnType<number | null, number | null | undefined, number | null>
  n: ColumnType<number | null, number | null | undefined, number | null>
  document: string
  name: string
  size: number
  sha256: Buffer
  media_type: string
  uploaded_by: number
  uploaded_at: At
  staff_only: Generated<boolean>
}
export interface UploadTable {
  id: Generated<string>
  institution_id: number
  person_id: number
  draft_id: string
  document: string
  name: string
  size: number
  begun_at: At
  concluded_at: ColumnType<Date | null, never, Date>
  problem: ColumnType<Problem | null, never, string | null>
}

export interface FileCheckTable {
  institution_id: number
  sha256: Buffer
  looked_at: ColumnType<Date | null, never, Date>
  look: ColumnType<unknown, never, string>
  identifiers: ColumnType<string[], never, string[]>
  scanned_at: ColumnType<Date | null, never, Date>
  scan: ColumnType<'none' | 'clean' | 'infected' | null, never, 'none' | 'clean' | 'infected'>
  virus: ColumnType<string | null, never, string | null>
  scan_failed_at: ColumnType<Date | null, never, Date | null>
}

export interface Tables {
  'eprod.institution': InstitutionTable
  'eprod.team': TeamTable
  'eprod.team_member': TeamMemberTable
  'eprod.person': PersonTable
  'eprod.setting': SettingTable
  'eprod.calendar_day': CalendarDayTable
  'eprod.journal_entry': JournalEntryTable
  'eprod.mail_choice': MailChoiceTable
  'eprod.notification': NotificationTable
  'eprod.mail_address': MailAddressTable
  'eprod.held_letter': HeldLetterTable
  'eprod.form': FormTable
  'eprod.form_version': FormVersionTable
  'eprod.draft': DraftTable
  'eprod.kept_post': KeptPostTable
  'eprod.waiting_type': WaitingTypeTable
  'eprod.ticket': TicketTable
  'eprod.ticket_observer': TicketObserverTable
  'eprod.follow_up': FollowUpTable
  'eprod.requested_document': RequestedDocumentTable
  'eprod.attachment': AttachmentTable
  'eprod.upload': UploadTable
  'eprod.file_check': FileCheckTable
}
