// The routes of the room: opening, drafts and uploads.
import { autosave } from '#forms/web/autosave.ts'
import { type FormDoors, postDraft, showDraft } from '#forms/web/draft.tsx'
import { editorRoutes } from '#forms/web/editor/routes.ts'
import { showSubjects, startDraft } from '#forms/web/open.tsx'
import * as tus from '#forms/web/tus.ts'
import { openFile, removeUpload, showFiles, showUpload } from '#forms/web/uploads.ts'
import type { Site } from '#shared/web/site.ts'

const idOf = (params: unknown): string => String((params as { id?: unknown }).id ?? '')

/** Registers them. `doors.fileDraft` comes from the tickets room. */
export function routes(site: Site, doors: FormDoors): void {
  editorRoutes(site)
  site.get('/abrir-chamado', (visit) => showSubjects(visit))
  site.get('/abrir-chamado/:code', (visit, request) =>
    startDraft(visit, String((request.params as { code?: unknown }).code ?? '')),
  )
  site.get('/rascunhos/:id', (visit, request) =>
    showDraft(visit, doors, { id: idOf(request.params), query: request.query as Record<string, unknown> }),
  )
  site.post('/rascunhos/:id', (visit, request) => postDraft(visit, doors, idOf(request.params)))
  site.post('/rascunhos/:id/salvar', (visit, request) => autosave(visit, doors, idOf(request.params)))
  site.get('/rascunhos/:id/arquivos/:file', (visit, request) => {
    const { file = '' } = request.params as { file?: string }
    const download = (request.query as { baixar?: string }).baixar !== undefined
    return openFile(visit, doors, { draftId: idOf(request.params), id: file, download, headers: request.headers })
  })
  tus.routes(site, doors)
  site.get('/envios', (visit, request) => showFiles(visit, request.query as Record<string, unknown>))
  site.get('/envios/:id', (visit, request) => showUpload(visit, doors, idOf(request.params)))
  site.post('/envios/remover', (visit) => removeUpload(visit, doors))
}
