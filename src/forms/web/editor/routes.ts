// The routes of the form editor.
import { type ConditionAddress, postCondition, showCondition } from '#forms/web/editor/condition.tsx'
import { exportVersion, showDifference } from '#forms/web/editor/difference.tsx'
import { postFacts, showFacts } from '#forms/web/editor/facts.tsx'
import { postForm, showForm } from '#forms/web/editor/form.tsx'
import { EDITOR } from '#forms/web/editor/frame.tsx'
import { postItem, showItem } from '#forms/web/editor/item.tsx'
import { showForms, takeIn } from '#forms/web/editor/list.tsx'
import { postPreview, showPreview } from '#forms/web/editor/preview.tsx'
import { postStructure, showStructure } from '#forms/web/editor/structure.tsx'
import { postTests, showTests } from '#forms/web/editor/tests.tsx'
import { Refusal } from '#shared/refusals.ts'
import type { Answer, Site, Visit } from '#shared/web/site.ts'

type VersionHandler = (visit: Visit, code: string, number: number) => Promise<Answer>

/** What an address of a version names; a number that is none is no version. */
function versionIn(params: unknown): ConditionAddress {
  const { code = '', n = '', kind = '', key = '', which = '' } = params as Record<string, string>
  if (!/^\d{1,6}$/.test(n)) throw new Refusal('not-found')
  return { code, number: Number(n), kind, key, which }
}

/** Registers them. */
export function editorRoutes(site: Site): void {
  const version = (path: string, show: VersionHandler, post?: VersionHandler): void => {
    const whole = `${EDITOR}/:code/:n${path}`
    const run = (handler: VersionHandler) => (visit: Visit, request: { params: unknown }) => {
      const { code, number } = versionIn(request.params)
      return handler(visit, code, number)
    }
    site.get(whole, run(show))
    if (post) site.post(whole, run(post))
  }
  const codeOf = (request: { params: unknown }): string => String((request.params as { code?: unknown }).code ?? '')
  site.get(EDITOR, showForms)
  site.post(`${EDITOR}/importar`, takeIn)
  site.get(`${EDITOR}/:code`, (visit, request) => showForm(visit, codeOf(request)))
  site.post(`${EDITOR}/:code`, (visit, request) => postForm(visit, codeOf(request)))
  version('', showStructure, postStructure)
  version('/dados', showFacts, postFacts)
  version('/previa', showPreview, postPreview)
  version('/testes', showTests, postTests)
  version('/diferencas', showDifference)
  version('/exportar', exportVersion)
  site.get(`${EDITOR}/:code/:n/:kind/:key`, (visit, request) => showItem(visit, versionIn(request.params)))
  site.post(`${EDITOR}/:code/:n/:kind/:key`, (visit, request) => postItem(visit, versionIn(request.params)))
  site.get(`${EDITOR}/:code/:n/:kind/:key/:which`, (visit, request) => showCondition(visit, versionIn(request.params)))
  site.post(`${EDITOR}/:code/:n/:kind/:key/:which`, (visit, request) => postCondition(visit, versionIn(request.params)))
}
