// A door of this room: the jobs that look into files and have them scanned, never on the path of a request.
import { clamdAt, type Scanner, type Verdict } from '#attachments/clamd.ts'
import type { FileStore } from '#attachments/files.ts'
import { lookInto, UNCHECKED } from '#attachments/looking.ts'
import { type CheckState, checkState, type StoredContent, ticketsWith } from '#attachments/reads.ts'
import { enqueueChecks, setLooked, setScanFailed, setScanned, tellOpenPages } from '#attachments/store.ts'
import { recordAll } from '#journal/actions.ts'
import type { Db } from '#shared/db/connect.ts'

/** The job that the trigger of the files adds (0032-file-checks.sql). */
export const CHECK_FILE = 'attachments.check-file'

export interface CheckDoors {
  readonly db: Db
  readonly store: FileStore
  /** Undefined: there is none. */
  readonly scanner: Scanner | undefined
  readonly now: () => Promise<Date>
}

/** The scanner of the settings; undefined: none. */
export const scannerAt = (address: string | undefined): Scanner | undefined =>
  address === undefined ? undefined : clamdAt(address)

/** What the job of a content carries. */
export function contentOf(payload: unknown): StoredContent {
  const { institutionId, sha256 } = payload as { institutionId: number; sha256: string }
  return { institutionId, sha256: Buffer.from(sha256, 'hex') }
}

/**
 * Looks into a content and has it scanned, each once; open pages of its tickets hear of it. Throws while the scanner is
 * away, so that the queue tries again; the file stays closed meanwhile.
 */
export async function checkFile(doors: CheckDoors, content: StoredContent): Promise<void> {
  const state = await checkState(doors.db, content)
  // Removed meanwhile.
  if (!state) return
  const looked = state.looked ? false : await look(doors, content, state)
  const scanned = await scan(doors, content, state)
  if (looked || scanned !== 'as it was') await tellOpenPages(doors.db, content)
  if (scanned instanceof Error) throw scanned
}

async function look(doors: CheckDoors, content: StoredContent, { mediaType }: CheckState): Promise<true> {
  const found = await lookInto(doors.store.read(content), mediaType).catch((error: NodeJS.ErrnoException) => {
    // Bytes that are gone are no reason to try for ever.
    if (error.code === 'ENOENT') return UNCHECKED
    throw error
  })
  await setLooked(doors.db, content, { ...found, at: await doors.now() })
  return true
}

async function scan(
  doors: CheckDoors,
  content: StoredContent,
  before: CheckState,
): Promise<'done' | 'as it was' | Error> {
  const { db, store, scanner } = doors
  if (before.scan === 'clean' || before.scan === 'infected' || (before.scan === 'none' && !scanner)) return 'as it was'
  if (!scanner) {
    await setScanned(db, content, { scan: 'none', at: await doors.now() })
    return 'done'
  }
  try {
    await keepVerdict(doors, content, await scanner.scan(store.read(content)))
    return 'done'
  } catch (error) {
    await setScanFailed(db, content, await doors.now())
    return error as Error
  }
}

/** A ticket that holds an infected file says so in its history, from where its people are told. */
async function keepVerdict(doors: CheckDoors, content: StoredContent, verdict: Verdict): Promise<void> {
  const at = await doors.now()
  await doors.db.transaction().execute(async (tx) => {
    if (verdict.kind === 'clean') return await setScanned(tx, content, { scan: 'clean', at })
    const { virus } = verdict
    await setScanned(tx, content, { scan: 'infected', virus, at })
    await recordAll(
      tx,
      (await ticketsWith(tx, content)).map(({ ticketId, n, staffOnly }) => ({
        thing: 'ticket',
        thingId: ticketId,
        institutionId: content.institutionId,
        actorId: null,
        event: 'infected',
        at,
        facts: { n, virus },
        staffOnly,
      })),
    )
  })
}

/** Contents of one sweep. */
const BATCH = 200

/** Enqueues what still waits: of before there was a check or a scanner, of a scanner that was away, of a lost job. */
export async function sweepChecks({ db, scanner }: Pick<CheckDoors, 'db' | 'scanner'>): Promise<number> {
  return await db.transaction().execute((tx) => enqueueChecks(tx, { scanning: scanner !== undefined, most: BATCH }))
}
