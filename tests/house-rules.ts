// The rules of the house as functions over a list of source files, so that tests can plant violations. What they say: docs/HOUSE.md.

export interface Source {
  /** From the project's root, as `src/tickets/store.ts`. */
  readonly path: string
  readonly text: string
}

/** Rooms from left to right: a room uses only rooms to its left. `soe` stands apart and uses the first two. */
export const ROOMS = [
  'words',
  'shared',
  'journal',
  'settings',
  'people',
  'attachments',
  'criteria',
  'identity',
  'forms',
  'tickets',
  'searches',
  'desk',
  'intake',
  'notifications',
  'webhooks',
  'statistics',
  'admin',
  'app',
] as const
const SOE_USES = ['words', 'shared', 'soe']
const ENTRANCES = /^(rules|actions|reads|views)(\/|\.tsx?$)/
const OPEN_ROOMS = ['words', 'shared']

interface Import {
  readonly from: string
  readonly room: string
  /** Below the room's folder. */
  readonly file: string
}

const roomOf = (path: string): string => /^src\/([^/]+)\//.exec(path)?.[1] ?? ''
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path)
const product = (sources: readonly Source[]) => sources.filter(({ path }) => path.startsWith('src/') && !isTest(path))

function importsOf({ path, text }: Source): Import[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'#([^/']+)\/([^']+)'/g)].map(([, room = '', file = '']) => ({
    from: path,
    room,
    file,
  }))
}

/** 1. One direction: what lies to the right, or in the house apart, is out of reach. Only app mounts SOE/WEB. */
export function wrongDirections(sources: readonly Source[]): string[] {
  return product(sources).flatMap((source) =>
    importsOf(source)
      .filter(({ room }) => !mayUse(roomOf(source.path), room))
      .map(({ room, file }) => `${source.path} uses ${room}/${file}`),
  )
}

function mayUse(user: string, used: string): boolean {
  if (user === '' || user === used) return true
  if (user === 'soe') return SOE_USES.includes(used)
  if (used === 'soe') return user === 'app'
  const [left, right] = [ROOMS.indexOf(used as never), ROOMS.indexOf(user as never)]
  return left >= 0 && right >= 0 && left < right
}

/** 2. Rules are pure: they use rules, words, shared/kit, and the two tables of problems and refusals. */
export function impureRules(sources: readonly Source[]): string[] {
  const pure = ({ room, file }: Import) =>
    room === 'words' ||
    file === 'rules.ts' ||
    file.startsWith('rules/') ||
    (room === 'shared' && (file.startsWith('kit/') || file === 'problems.ts' || file === 'refusals.ts'))
  return product(sources)
    .filter(({ path }) => /^src\/[^/]+\/(rules\.ts|rules\/)/.test(path))
    .flatMap((source) =>
      importsOf(source)
        .filter((one) => !pure(one))
        .map(({ room, file }) => `${source.path} uses ${room}/${file}`),
    )
}

/** 3. A room is entered by rules, actions, reads, views, or a door that its first line names. `app` wires the web files. */
export function brokenDoors(sources: readonly Source[]): string[] {
  const doors = new Set(
    sources.filter(({ text }) => /\bdoor\b/i.test(text.split('\n', 1)[0] ?? '')).map(({ path }) => path),
  )
  return product(sources).flatMap((source) =>
    importsOf(source)
      .filter(({ room, file }) => {
        if (
          room === roomOf(source.path) ||
          roomOf(source.path) === '' ||
          OPEN_ROOMS.includes(room) ||
          ENTRANCES.test(file)
        )
          return false
        if (doors.has(`src/${room}/${file}`)) return false
        return !(roomOf(source.path) === 'app' && (file.startsWith('web/') || file === 'jobs.ts'))
      })
      .map(({ room, file }) => `${source.path} enters ${room}/${file}`),
  )
}

/** 4. Only a store writes tables. */
export function strayWrites(sources: readonly Source[]): string[] {
  const writes = /insertInto\(|updateTable\(|deleteFrom\(|\b(?:insert into|delete from)\s+eprod\.|\bupdate\s+eprod\./
  return product(sources)
    .filter(({ path, text }) => writes.test(text) && !/\/store\.ts$/.test(path))
    .map(({ path }) => path)
}

/** 5. Only app/config.ts, and the parts that start before it, read the environment. */
export function strayEnvironment(sources: readonly Source[]): string[] {
  return product(sources)
    .filter(({ path, text }) => text.includes('process.env') && !['src/app/config.ts', 'src/main.ts'].includes(path))
    .map(({ path }) => path)
}

const LINES = 300
const BANNED_NAMES = /(^|\/)(utils?|helpers?|common|manager|services?|types|index)\.tsx?$/

/** Sizes, names and habits: 300 lines, a first line that says what lives here, kebab-case, nothing left to do. */
export function badHabits(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const said: string[] = []
    if (text.split('\n').length > LINES + 1) said.push(`${path} has more than ${LINES} lines`)
    if (!/^(\/\/|\/\*|#!)/.test(text)) said.push(`${path} does not say what lives in it`)
    if (BANNED_NAMES.test(path) || /[A-Z_]/.test(path.split('/').at(-1) ?? '')) said.push(`${path} is named badly`)
    for (const word of [/\bTO[D]O\b/, /\bFIX[M]E\b/, /\.only\(/, /\b(?:it|test|describe)\.skip\(/, /@ts-ig[n]ore/]) {
      if (word.test(text)) said.push(`${path} holds ${word.source}`)
    }
    return said
  })
}
