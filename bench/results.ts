// bench/RESULTS.md: one section a command, replaced by each run. Figures are printed as they are kept.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

const FILE = join(import.meta.dirname, 'RESULTS.md')
const HEAD = `# What was measured

Each section is written by the command it names. Machines differ and are noisy: compare ratios of one run, not figures of two.
`

export interface Section {
  /** Its heading; a run of the same command replaces the section. */
  readonly title: string
  readonly command: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
  /** Sentences below the table. */
  readonly notes?: readonly string[]
}

/** Prints the section and keeps it in the file. */
export function keep(section: Section): void {
  const text = textOf(section)
  console.log(`\n${text}`)
  const old = existsSync(FILE) ? readFileSync(FILE, 'utf8') : HEAD
  const parts = old.split(/^(?=## )/m)
  const at = parts.findIndex((part) => part.startsWith(`## ${section.title}\n`))
  if (at < 0) parts.push(text)
  else parts[at] = text
  writeFileSync(FILE, `${parts.map((part) => part.trim()).join('\n\n')}\n`)
}

function textOf({ title, command, head, rows, notes }: Section): string {
  const day = new Date().toISOString().slice(0, 10)
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [
    `## ${title}`,
    '',
    `\`${command}\`, ${day}, ${availableParallelism()} cores, Node ${process.versions.node}.`,
    '',
    line(head),
    line(head.map((_, at) => (at === 0 ? '---' : '--:'))),
    ...rows.map(line),
    ...(notes?.length ? ['', ...notes] : []),
    '',
  ].join('\n')
}

/** A number with as many decimals as matter. */
export function figure(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
