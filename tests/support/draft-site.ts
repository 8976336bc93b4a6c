// A site with the forms room, filing and ticket files, for page tests: people sign in by a session row, requests are injected.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { keepTokens } from '#app/keep-token.ts'
import { keptPath } from '#app/kept.ts'
import { makeServer } from '#app/server.ts'
import { createFileStore } from '#attachments/files.ts'
import { routes } from '#forms/web/routes.tsx'
import { newSessionToken, SESSION_COOKIE, sessionCookie } from '#identity/visit.ts'
import { fileDraft } from '#tickets/actions/file-draft.ts'
import * as documents from '#tickets/web/documents.tsx'
import { cloneDatabase, type TestDatabase } from './database.ts'

export interface Sent {
  readonly status: number
  readonly body: string
  readonly location: string
  readonly headers: Readonly<Record<string, unknown>>
}

/** A file for a post: the field's name, the file's name, its content. */
export type Upload = readonly [field: string, name: string, content: Buffer]

export interface Person {
  readonly personId: number
  readonly institutionId: number
  get(path: string, headers?: Record<string, string>): Promise<Sent>
  post(path: string, fields: Readonly<Record<string, string>>, files?: readonly Upload[]): Promise<Sent>
  /** Ends the session behind the person's back. */
  expire(): Promise<void>
  /** Signs in again; answers where what was kept is found. */
  return(): Promise<string | undefined>
}

export interface DraftSite {
  readonly database: TestDatabase
  readonly folder: string
  readonly clock: { now: Date }
  person(facts: { cpf: string; cnpj: string; classes: readonly number[]; email?: string }): Promise<Person>
  close(): Promise<void>
}

const URL_OF_SITE = 'http://localhost:3000'

/** `fileBytes`: the limit of received files; the settings' own is 20 MB. */
export async function startDraftSite(given: { fileBytes?: number } = {}): Promise<DraftSite> {
  const database = await cloneDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'eprod-drafts-'))
  const store = await createFileStore(folder)
  const clock = { now: new Date('2026-11-23T20:54:00Z') }
  const doors = {
    web: database.web.db,
    staff: database.staff.db,
    tokens: keepTokens(Buffer.alloc(32, 5)),
    demo: true,
    now: () => clock.now,
    url: URL_OF_SITE,
    store,
    fileBytes: given.fileBytes ?? 20 * 1024 * 1024,
  }
  const server = await makeServer({ ...doors, assets: folder, formTargets: [], logLevel: 'silent' }, (site) => {
    routes(site, { store, fileDraft })
    documents.routes(site, store)
  })
  const send = async (request: {
    method: 'GET' | 'POST'
    url: string
    cookie: string
    headers?: Record<string, string>
    body?: FormData
  }): Promise<Sent> => {
    const coded = request.body ? new Response(request.body) : undefined
    const answer = await server.inject({
      method: request.method,
      url: request.url,
      headers: {
        accept: 'text/html',
        cookie: `${SESSION_COOKIE}=${request.cookie}`,
        ...(coded ? { origin: URL_OF_SITE, 'content-type': coded.headers.get('content-type') ?? '' } : {}),
        ...request.headers,
      },
      ...(coded ? { payload: Buffer.from(await coded.arrayBuffer()) } : {}),
    })
    return {
      status: answer.statusCode,
      body: answer.body,
      location: String(answer.headers.location ?? ''),
      headers: answer.headers,
    }
  }
  const signIn = async (facts: { cpf: string; cnpj: string; classes: readonly number[]; email?: string }) => {
    const { token, tokenHash } = newSessionToken()
    const said = {
      ...facts,
      name: `Pessoa ${facts.cpf}`,
      email: facts.email ?? `${facts.cpf}@example.com`,
      institution: { cnpj: facts.cnpj, name: `Banco ${facts.cnpj}` },
    }
    const { rows } = await sql<{ person_id: number; institution_id: number; side: 'institution' | 'staff' }>`
      select person_id, institution_id, side from eprod.sign_in(${JSON.stringify(said)}::jsonb, ${tokenHash}, ${clock.now}, 1800, 43200)`.execute(
      database.web.db,
    )
    const row = rows[0]!
    return { row, tokenHash, cookie: sessionCookie(row.side, token).value }
  }
  return {
    database,
    folder,
    clock,
    person: async (facts) => {
      let session = await signIn(facts)
      const form = (fields: Readonly<Record<string, string>>, files: readonly Upload[]): FormData => {
        const body = new FormData()
        for (const [name, value] of Object.entries(fields)) body.append(name, value)
        for (const [field, name, content] of files) body.append(field, new Blob([new Uint8Array(content)]), name)
        return body
      }
      return {
        personId: session.row.person_id,
        institutionId: session.row.institution_id,
        get: (url, headers) => send({ method: 'GET', url, cookie: session.cookie, ...(headers ? { headers } : {}) }),
        post: (url, fields, files = []) =>
          send({ method: 'POST', url, cookie: session.cookie, body: form(fields, files) }),
        expire: async () => {
          await sql`select eprod.sign_out(${session.tokenHash}, ${clock.now})`.execute(database.web.db)
        },
        return: async () => {
          session = await signIn(facts)
          return await keptPath(doors, { personId: session.row.person_id, side: session.row.side })
        },
      }
    },
    close: async () => {
      await server.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
