// Warm start: how long `npm start` takes until it prints the address, on a folder that has been started before.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './place.ts'
import { keep } from './results.ts'
import { freePort, launch } from './site.ts'

const ROUNDS = 3

/** Starts once to lay the folder, then measures warm starts; the middle one counts. */
export async function measureStart(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'eprod-bench-start-'))
  try {
    const cold = await startOnce(folder)
    const warm: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) warm.push(await startOnce(folder))
    keep({
      title: 'start',
      command: 'npm run bench start',
      head: ['what', 'seconds'],
      rows: [
        ['first start of a folder (installed and built)', cold.toFixed(2)],
        [`warm start, middle of ${ROUNDS} (limit 3)`, (warm.sort((a, b) => a - b)[1] ?? 0).toFixed(2)],
      ],
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startOnce(folder: string): Promise<number> {
  const port = await freePort()
  const env = { EPROD_DATA: folder, PORT: String(port), EPROD_URL: '', DATABASE_URL: '' }
  const began = performance.now()
  const site = await launch([join(ROOT, 'bin/start.js')], { env, ready: /^EPROD: (http\S+)$/ })
  const seconds = (performance.now() - began) / 1000
  await site.stop()
  return seconds
}
