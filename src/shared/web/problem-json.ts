// A wrong input answered to a script: problem+json (RFC 9457) with status 422.
import type { Problem } from '#shared/problems.ts'

/** `detail`: the sentence of the problem in the visitor's language. */
export function problemAnswer(title: string, problem: Problem, detail: string) {
  const problems = [{ field: problem.field, code: problem.code, detail }]
  return { status: 422, json: { type: 'about:blank', title, status: 422, detail, problems } }
}
