// npm test: everything that must hold, each step with its time, and one line of sums at the end.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './chromium.js'
import { ensureBuilt } from './freshness.js'
import { ensureInstalled } from './install.js'
import { ownEnvironment, run, runMain } from './processes.js'

const sums = { passed: 0, failed: 0, skipped: 0 }
/** What failed, for those who read only the end. */
const failures = []
const reports = mkdtempSync(join(tmpdir(), 'eprod-reports-'))
const REASON_LINES = 12
let browser = ''
let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    interrupted = true
  })

await runMain(async () => {
  try {
    if (await step('install', once(ensureInstalled))) await steps()
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
  for (const failure of failures) console.log(`\n${failure}`)
  console.log(`${sums.passed} passed, ${sums.failed} failed, ${sums.skipped} skipped`)
  return sums.failed > 0 || interrupted ? 1 : 0
})

async function steps() {
  await step('build', once(ensureBuilt))
  await step('format and lint', tool('biome', ['check', '.']))
  await step('types', tool('tsc', ['-p', '.']))
  await step('unused code', tool('knip', []))
  await step('tests', vitest('house'))
  const found = await step(
    'browser',
    once(async () => {
      browser = await ensureChromium()
    }),
  )
  if (found) await step('journeys', vitest('e2e'))
}

/** Runs one step unless we are leaving; true when nothing in it failed. */
async function step(name, work) {
  if (interrupted) return false
  console.log(`\n== ${name}`)
  const began = performance.now()
  const { passed, failed, skipped, reasons = [] } = await work()
  sums.passed += passed
  sums.failed += failed
  sums.skipped += skipped
  if (failed > 0) failures.push(`FAILED: ${name}`, ...reasons)
  console.log(
    `== ${name}: ${failed === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - began) / 1000).toFixed(1)} s`,
  )
  return failed === 0
}

function once(work) {
  return async () => {
    try {
      await work()
      return { passed: 1, failed: 0, skipped: 0 }
    } catch (error) {
      console.error(error.message)
      return { passed: 0, failed: 1, skipped: 0 }
    }
  }
}

function tool(name, args) {
  return async () => {
    const code = await run(name, args)
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  }
}

/** The tests of a Vitest project, counted from its report; a run that ends badly without a failed test counts as one. */
function vitest(project) {
  return async () => {
    const report = join(reports, `${project}.json`)
    const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const code = await run('vitest', args, { env: ownEnvironment({ EPROD_BROWSER: browser }) })
    try {
      const {
        numPassedTests,
        numFailedTests,
        numPendingTests,
        numTodoTests = 0,
        testResults,
      } = JSON.parse(readFileSync(report, 'utf8'))
      const failed = numFailedTests === 0 && code !== 0 ? 1 : numFailedTests
      return {
        passed: numPassedTests,
        failed,
        skipped: numPendingTests + numTodoTests,
        reasons: testResults.flatMap(reasonsOf),
      }
    } catch {
      return { passed: 0, failed: 1, skipped: 0 }
    }
  }
}

/** Of one test file: each failed test with the first lines of why, or why the file itself could not run. */
function reasonsOf({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === 'failed')
  const shortly = (text) => text.split('\n').slice(0, REASON_LINES).join('\n')
  if (failed.length === 0) return status === 'failed' ? [`${name}\n${shortly(message)}`] : []
  return failed.map(({ fullName, failureMessages }) => `${name} > ${fullName}\n${shortly(failureMessages.join('\n'))}`)
}
