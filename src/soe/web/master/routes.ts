// The routes of the pages for masters.
import type { FastifyInstance } from 'fastify'
import { type SoePages, signedInPages } from '#soe/web/doors.ts'
import { auditOf } from '#soe/web/master/audit.tsx'
import { showConfirmation, takeConfirmation } from '#soe/web/master/confirmation.tsx'
import {
  block,
  reactivate,
  removeClass,
  removeFactor,
  resend,
  saveClass,
  saveData,
  showOperator,
} from '#soe/web/master/operator.tsx'
import { listOperators, newOperator, takeInvitation } from '#soe/web/master/operators.tsx'
import { masterPages } from '#soe/web/master/pages.tsx'

export function masterRoutes(app: FastifyInstance, pages: SoePages): void {
  const site = masterPages(signedInPages(app, pages))
  const one = '/soe/operadores/:id'
  site.get('/soe/operadores', listOperators)
  site.get('/soe/operadores/novo', newOperator)
  site.post('/soe/operadores/novo', takeInvitation)
  site.get('/soe/operadores/eu', async ({ manager }) => ({ redirect: `/soe/operadores/${manager.accountId}` }))
  site.get(one, showOperator)
  site.post(`${one}/dados`, saveData)
  site.post(`${one}/classes`, saveClass)
  site.post(`${one}/classes/retirada`, removeClass)
  site.post(`${one}/bloqueio`, block)
  site.post(`${one}/reativacao`, reactivate)
  site.post(`${one}/link`, resend)
  site.post(`${one}/segundo-fator`, removeFactor)
  site.get('/soe/confirmacao', showConfirmation)
  site.post('/soe/confirmacao', takeConfirmation)
  site.get('/soe/auditoria', auditOf)
}
