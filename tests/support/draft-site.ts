// A site with the forms room, filing, the ticket page and its posts, lists and searches, for page tests: people sign in by a session row, requests are injected.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import * as adminAudit from '#admin/web/audit.tsx'
import * as adminDeadlines from '#admin/web/deadlines.tsx'
import * as adminFiles from '#admin/web/files.tsx'
import * as adminFrame from '#admin/web/frame.tsx'
import * as adminJobs from '#admin/web/jobs.tsx'
import { keepTokens } from '#app/keep-token.ts'
import { keptPath } from '#app/kept.ts'
import { makeServer } from '#app/server.ts'
import type { SiteDoors } from '#app/site.ts'
import { createFileStore, type FileStore } from '#attachments/files.ts'
import { routes } from '#forms/web/routes.tsx'
import { newSessionToken, SESSION_COOKIE, sessionCookie } from '#identity/visit.ts'
import { startReadingLog } from '#journal/readings.ts'
import * as address from '#notifications/web/address.tsx'
import * as bell from '#notifications/web/bell.tsx'
import * as mailChoice from '#notifications/web/choice.tsx'
import * as display from '#searches/web/display.tsx'
import * as keep from '#searches/web/keep.tsx'
import * as removal from '#searches/web/remove.tsx'
import * as saved from '#searches/web/saved.tsx'
import * as preferences from '#settings/web/preferences.tsx'
import type { Side } from '#shared/kit/actor.ts'
import { fileDraft } from '#tickets/actions/file-draft.ts'
import { sameVehicle } from '#tickets/reads/same-vehicle.ts'
import { receiptKeys } from '#tickets/receipts.ts'
import * as documents from '#tickets/web/documents.tsx'
import * as exporting from '#tickets/web/export/routes.tsx'
import * as home from '#tickets/web/home.tsx'
import * as list from '#tickets/web/list.tsx'
import * as moves from '#tickets/web/moves.tsx'
import * as receipt from '#tickets/web/receipt.tsx'
import * as search from '#tickets/web/search.tsx'
import * as selection from '#tickets/web/selection.tsx'
import * as ticket from '#tickets/web/ticket.tsx'
import * as uploads from '#tickets/web/uploads.tsx'
import { cloneDatabase, type TestDatabase } from './database.ts'

export interface Sent {
  readonly status: number
  readonly body: string
  /** The body as it was sent. */
  readonly bytes: Buffer
  readonly location: string
  readonly headers: Readonly<Record<string, unknown>>
}

/** A file for a post: the field's name, the file's name, its content. */
export type Upload = readonly [field: string, name: string, content: Buffer]

export interface Person {
  readonly personId: number
  readonly institutionId: number
  /** The header of the session's cookie, for requests over a line. */
  readonly cookie: string
  get(path: string, headers?: Record<string, string>): Promise<Sent>
  post(path: string, fields: Fields, files?: readonly Upload[]): Promise<Sent>
  /** A post of any bytes, as no browser would send it. */
  raw(path: string, type: string, payload: Buffer | string, headers?: Record<string, string>): Promise<Sent>
  /** Any other request, its body as bytes. */
  ask(method: Method, path: string, headers?: Record<string, string>, body?: Buffer): Promise<Sent>
  /** Ends the session behind the person's back. */
  expire(): Promise<void>
  /** Signs in again; answers where what was kept is found. */
  return(): Promise<string | undefined>
}

export interface DraftSite {
  readonly database: TestDatabase
  readonly folder: string
  readonly store: FileStore
  readonly clock: { now: Date }
  person(facts: { cpf: string; cnpj: string; classes: readonly number[]; email?: string }): Promise<Person>
  /** Where it listens for requests over a line, as a parser of Node reads them. */
  listen(): Promise<string>
  close(): Promise<void>
}

type Fields = Readonly<Record<string, string | readonly string[]>>
type Method = 'GET' | 'POST' | 'PATCH' | 'HEAD' | 'DELETE' | 'OPTIONS'

const URL_OF_SITE = 'http://localhost:3000'

/** `fileBytes`: the limit of received files; the settings' own is 20 MB. `quarantine`: as with a virus scanner. */
export async function startDraftSite(given: { fileBytes?: number; quarantine?: boolean } = {}): Promise<DraftSite> {
  const database = await cloneDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'eprod-drafts-'))
  const store = await createFileStore(folder, given)
  const clock = { now: new Date('2026-11-23T20:54:00Z') }
  const doors: SiteDoors = {
    web: database.web.db,
    staff: database.staff.db,
    entry: database.entry.db,
    tokens: keepTokens(Buffer.alloc(32, 5)),
    demo: true,
    now: () => clock.now,
    url: URL_OF_SITE,
    store,
    fileBytes: given.fileBytes ?? 20 * 1024 * 1024,
    readings: startReadingLog(database.entry.db, console.error),
  }
  const receipts = { keys: await receiptKeys(folder), url: URL_OF_SITE, entry: database.entry.db }
  const server = await makeServer({ ...doors, assets: folder, formTargets: [], logLevel: 'silent' }, (site) => {
    routes(site, { store, fileDraft, sameVehicle })
    documents.routes(site, store)
    address.routes(site)
    bell.routes(site)
    preferences.routes(site, { card: mailChoice.choiceCard, keepLang: mailChoice.keepLang })
    mailChoice.routes(site)
    home.routes(site)
    list.routes(site)
    exporting.routes(site)
    selection.routes(site)
    display.routes(site)
    saved.routes(site)
    keep.routes(site)
    removal.routes(site)
    ticket.routes(site, store)
    moves.routes(site, store)
    search.routes(site)
    uploads.routes(site, store)
    receipt.routes(site, receipts)
    adminDeadlines.routes(site)
    adminJobs.routes(site)
    adminFiles.routes(site)
    adminAudit.routes(site)
    adminFrame.routes(site)
  })
  return {
    database,
    folder,
    store,
    clock,
    person: (facts) => makePerson(server, doors, facts),
    listen: () => server.listen({ host: '127.0.0.1', port: 0 }),
    close: async () => {
      await server.close()
      await doors.readings?.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Facts = Parameters<DraftSite['person']>[0]

async function makePerson(server: FastifyInstance, doors: SiteDoors, facts: Facts): Promise<Person> {
  let session = await signIn(doors, facts)
  const ask = (request: Omit<Ask, 'cookie'>) => send(server, { ...request, cookie: session.cookie })
  return {
    personId: session.row.person_id,
    institutionId: session.row.institution_id,
    get cookie() {
      return `${SESSION_COOKIE}=${session.cookie}`
    },
    get: (url, headers) => ask({ url, ...(headers ? { headers } : {}) }),
    post: (url, fields, files = []) => ask({ url, body: formOf(fields, files) }),
    raw: (url, type, payload, headers) =>
      ask({ url, body: { type, payload: Buffer.from(payload) }, ...(headers ? { headers } : {}) }),
    ask: (method, url, headers = {}, bytes = Buffer.alloc(0)) => ask({ url, method, headers, bytes }),
    expire: async () => {
      await sql`select eprod.sign_out(${session.tokenHash}, ${doors.now()})`.execute(doors.entry)
    },
    return: async () => {
      session = await signIn(doors, facts)
      return await keptPath(doors, { personId: session.row.person_id, side: session.row.side })
    },
  }
}

async function signIn(doors: SiteDoors, facts: Facts) {
  const { token, tokenHash } = newSessionToken()
  const institution = { cnpj: facts.cnpj, name: `Banco ${facts.cnpj}` }
  const said = { ...facts, name: `Pessoa ${facts.cpf}`, email: facts.email ?? `${facts.cpf}@example.com`, institution }
  const { rows } = await sql<{ person_id: number; institution_id: number; side: Side }>`
    select person_id, institution_id, side
      from eprod.sign_in(${JSON.stringify(said)}::jsonb, ${tokenHash}, ${doors.now()}, 1800, 43200)`.execute(
    doors.entry,
  )
  const row = rows[0]!
  return { row, tokenHash, cookie: sessionCookie(row.side, token).value }
}

interface Ask {
  readonly url: string
  readonly cookie: string
  readonly headers?: Record<string, string>
  /** Absent: a GET, unless there is a method. */
  readonly body?: FormData | { readonly type: string; readonly payload: Buffer }
  readonly method?: Method
  readonly bytes?: Buffer
}

async function send(server: FastifyInstance, request: Ask): Promise<Sent> {
  const coded = request.body && (await codedBody(request.body))
  const answer = await server.inject({
    method: request.method ?? (coded ? 'POST' : 'GET'),
    url: request.url,
    headers: {
      accept: 'text/html',
      cookie: `${SESSION_COOKIE}=${request.cookie}`,
      ...(request.method ? { origin: URL_OF_SITE, accept: 'application/json' } : {}),
      ...(coded ? { origin: URL_OF_SITE, 'content-type': coded.type } : {}),
      ...request.headers,
    },
    ...(coded ? { payload: coded.payload } : {}),
    ...(request.bytes?.length ? { payload: request.bytes } : {}),
  })
  const location = String(answer.headers.location ?? '')
  return { status: answer.statusCode, body: answer.body, bytes: answer.rawPayload, location, headers: answer.headers }
}

async function codedBody(body: NonNullable<Ask['body']>): Promise<{ type: string; payload: Buffer }> {
  if (!(body instanceof FormData)) return body
  const coded = new Response(body)
  return { type: coded.headers.get('content-type') ?? '', payload: Buffer.from(await coded.arrayBuffer()) }
}

function formOf(fields: Fields, files: readonly Upload[]): FormData {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one)
  for (const [field, name, content] of files) body.append(field, new Blob([new Uint8Array(content)]), name)
  return body
}

// What the tests fill in and look for.
export const BANK = '11222333000181'
export const OTHER_BANK = '12ABC34501DE35'
export const pdf = (text: string): Buffer => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`)
export const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex')

/** Right answers of case 01. */
export const theft = {
  tipo: 'desbloqueio',
  caso: '01',
  placa: 'abc-1234',
  chassi: '9BWZZZ377VT004251',
  estatutario: 'sim',
  emitido: 'nao',
  'bo-numero': '123/2026',
  'bo-uf': 'RS',
  'fato-data': '2026-03-09',
  recuperado: 'nao',
  indenizado: 'nao',
  justificativa: 'Veículo furtado antes da emissão do documento com o gravame.',
  declaro: 'sim',
}
export const theftFiles: Upload[] = [
  ['arquivo:requerimento', 'requerimento.pdf', pdf('requerimento')],
  ['arquivo:bo', 'bo.jpg', JPEG],
]

/** The address of a draft of one's own. */
export async function draftOf(person: Person): Promise<string> {
  const answer = await person.get('/abrir-chamado/instituicoes-financeiras')
  return answer.location
}
/** Where the links of the error summary lead. */
export const errorsIn = (body: string): string[] =>
  [...(/<div class="sum"[\s\S]*?<\/ul>/.exec(body)?.[0] ?? '').matchAll(/<a href="([^"]*)">([^<]*)</g)].map(
    ([, href]) => href ?? '',
  )
