// What is known of a file's content without anybody having read it: what a look found, what the scanner said, what follows
// from both for people. Pure; the looking itself: look.ts, the scanner: clamd.ts.
import type { Problem } from '#shared/problems.ts'
import type { Words } from '#words/words.ts'

/** What is looked for in a file by itself; a hint, unless its document says that it refuses. */
export const FILE_CHECKS = ['opens', 'encrypted', 'pages', 'blank', 'vehicle', 'signature'] as const
export type FileCheckName = (typeof FILE_CHECKS)[number]

/** What a look into a content found. `bomb`: a part of it unfolds to more than anybody can open. `unchecked`: it took too long, too much memory, or is too large a picture. */
export interface Look {
  readonly state: 'opened' | 'encrypted' | 'broken' | 'bomb' | 'unchecked'
  /** Of a PDF. */
  readonly pages?: number | undefined
  /** Nothing but paper on every page. */
  readonly blank?: boolean | undefined
  /** Width and height in pixels of a picture too small to be read, alone on its page. */
  readonly small?: readonly [width: number, height: number] | undefined
  /** There is text to search in. */
  readonly text?: boolean | undefined
  /** A digital signature is there; whose, and whether it is valid, is not known. */
  readonly signature?: boolean | undefined
}

/** What is known of a file, as its reader may know it. */
export interface FileCheck {
  /** null: nobody has looked yet. */
  readonly look: Look | null
  /** Does the text carry the plate or the chassis; null: neither is known, or there is no text. */
  readonly vehicle: boolean | null
  /** null: waits for the scanner; `none`: there was no scanner. */
  readonly scan: 'none' | 'clean' | 'infected' | null
  readonly virus: string | null
  /** The scanner did not answer at the last try. */
  readonly scanFailed: boolean
}

/** What a document says of the pages of its files, and which checks refuse. */
export interface CheckRule {
  readonly maxPages?: number | undefined
  readonly refuses?: readonly FileCheckName[] | undefined
}

type Facts = Readonly<Record<string, string | number>>

/** What is wrong with a file by each check; undefined: nothing, or not known. */
const FAULTS: Readonly<
  Record<FileCheckName, (check: FileCheck & { look: Look }, rule: CheckRule) => Facts | undefined>
> = {
  opens: ({ look }) => (look.state === 'broken' ? {} : undefined),
  encrypted: ({ look }) => (look.state === 'encrypted' ? {} : undefined),
  pages: ({ look: { pages = 0 } }, { maxPages }) =>
    maxPages !== undefined && pages > maxPages ? { pages, most: maxPages } : undefined,
  blank: ({ look }) => (look.blank ? {} : look.small ? { width: look.small[0], height: look.small[1] } : undefined),
  vehicle: ({ vehicle }) => (vehicle === false ? {} : undefined),
  signature: ({ look }) => (look.state === 'opened' && !look.signature ? {} : undefined),
}

/** Said of files of which nothing is demanded would be noise: most documents carry neither. */
const ONLY_WHEN_REFUSED: readonly FileCheckName[] = ['vehicle', 'signature']

function faultsOf(check: FileCheck | null, rule: CheckRule): [FileCheckName, Facts][] {
  const { look } = check ?? {}
  if (!check || !look) return []
  return FILE_CHECKS.flatMap((name) => {
    const facts = FAULTS[name]({ ...check, look }, rule)
    return facts ? [[name, facts] as [FileCheckName, Facts]] : []
  })
}

type Texts = Words['attachments']['checks']

/** Something to be said of a file: a key of the words, and what its text needs. */
export interface Said<Code> {
  readonly code: Code
  readonly with: Facts
}
type Fact = Said<keyof Texts['facts']>
type Warning = Said<keyof Texts['warnings']>

export interface Hints {
  /** Short, neutral: `2 páginas`, `placa no texto`. */
  readonly facts: readonly Fact[]
  /** Sentences that say what is wrong and what to do. */
  readonly warnings: readonly Warning[]
  /** More will be known soon. */
  readonly waiting: boolean
}

const said = <Code>(code: Code, facts: Facts = {}): Said<Code> => ({ code, with: facts })

/** What to say of a file beside its name. Without a check nothing is known of it. */
export function hintsOf(check: FileCheck | null, rule: CheckRule = {}): Hints {
  if (!check) return { facts: [], warnings: [], waiting: false }
  const faults = faultsOf(check, rule)
    .filter(([name]) => !ONLY_WHEN_REFUSED.includes(name) || rule.refuses?.includes(name))
    .map(([name, facts]): Warning => said(name === 'blank' && 'width' in facts ? 'small' : name, facts))
  const state = check.look?.state
  const unchecked = state === 'unchecked' || state === 'bomb' ? [said(state)] : []
  const waiting = !check.look || (check.scan === null && !check.scanFailed)
  return { facts: factsOf(check, waiting), warnings: [...scanWarnings(check), ...faults, ...unchecked], waiting }
}

function factsOf({ look, vehicle, scan }: FileCheck, waiting: boolean): Fact[] {
  const facts: Fact[] = []
  if (look?.pages) facts.push(said('pages', { n: look.pages }))
  if (vehicle !== null) facts.push(said(vehicle ? 'vehicle' : 'noVehicle'))
  else if (look?.pages && look.text === false) facts.push(said('noText'))
  if (look?.signature) facts.push(said('signature'))
  if (waiting) facts.push(said('waiting'))
  else if (scan === 'clean' || scan === 'none') facts.push(said(scan))
  return facts
}

function scanWarnings({ scan, virus, scanFailed }: FileCheck): Warning[] {
  if (scan === 'infected') return [said('infected', { virus: virus ?? '' })]
  return scan === null && scanFailed ? [said('quarantine')] : []
}

/** How long a file that its document may refuse is waited for at filing: without a worker nobody may be kept from filing. */
const WAITED_MS = 60_000

/**
 * Why a file may not be filed, or undefined. Codes: `file-infected` (virus), `file-refused-bomb`, `file-refused-` and the name of
 * a check of the document's settings, `file-being-checked` for a file of the last minute that waits for such a check, or for the scanner
 * where there is one (`scans`).
 */
export function refusedBy(
  file: { readonly name: string; readonly check: FileCheck | null; readonly uploadedAt: Date },
  rule: CheckRule & { readonly field: string; readonly now: Date; readonly scans?: boolean | undefined },
): Problem | undefined {
  const { check, name } = file
  const problem = (code: string, facts: Facts = {}): Problem => ({ field: rule.field, code, with: { name, ...facts } })
  if (check?.scan === 'infected') return problem('file-infected', { virus: check.virus ?? '' })
  if (check?.look?.state === 'bomb') return problem('file-refused-bomb')
  const fault = faultsOf(check, rule).find(([one]) => rule.refuses?.includes(one))
  if (fault) return problem(`file-refused-${fault[0]}`, fault[1])
  const fresh = rule.now.getTime() - file.uploadedAt.getTime() < WAITED_MS
  const looks = rule.refuses?.length && check && !check.look
  const scans = rule.scans && check?.scan === null && !check.scanFailed
  return fresh && (looks || scans) ? problem('file-being-checked') : undefined
}
