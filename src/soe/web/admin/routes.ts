// The routes of the administrator's pages, below /soe/administracao.
import type { FastifyInstance } from 'fastify'
import { rotate, saveApplication, saveApplicationStatus, showApplication } from '#soe/web/admin/application.tsx'
import { listApplications, newApplication, takeApplication } from '#soe/web/admin/applications.tsx'
import { listChanges } from '#soe/web/admin/audit.tsx'
import {
  linkMaster,
  saveMaster,
  saveName,
  saveStatus,
  showInstitution,
  takeMasterFactor,
  withdrawMaster,
} from '#soe/web/admin/institution.tsx'
import { listInstitutions, newInstitution, takeInstitution } from '#soe/web/admin/institutions.tsx'
import { ADMINISTRATION, adminPages } from '#soe/web/admin/pages.tsx'
import { saveSettings, showSettings } from '#soe/web/admin/settings.tsx'
import { listSignIns } from '#soe/web/admin/sign-ins.tsx'
import { type SoePages, signedInPages } from '#soe/web/doors.ts'

export function adminRoutes(app: FastifyInstance, pages: SoePages): void {
  const site = adminPages(signedInPages(app, pages))
  site.get('', async () => ({ redirect: `${ADMINISTRATION}/instituicoes` }))
  site.get('/instituicoes', listInstitutions)
  site.get('/instituicoes/nova', newInstitution)
  site.post('/instituicoes/nova', takeInstitution)
  site.get('/instituicoes/:id', showInstitution)
  site.post('/instituicoes/:id/dados', saveName)
  site.post('/instituicoes/:id/situacao', saveStatus)
  site.post('/instituicoes/:id/masters', saveMaster)
  site.post('/instituicoes/:id/masters/:master/retirada', withdrawMaster)
  site.post('/instituicoes/:id/masters/:master/link', linkMaster)
  site.post('/instituicoes/:id/masters/:master/segundo-fator', takeMasterFactor)
  site.get('/aplicacoes', listApplications)
  site.get('/aplicacoes/nova', newApplication)
  site.post('/aplicacoes/nova', takeApplication)
  site.get('/aplicacoes/:id', showApplication)
  site.post('/aplicacoes/:id/dados', saveApplication)
  site.post('/aplicacoes/:id/situacao', saveApplicationStatus)
  site.post('/aplicacoes/:id/chave', rotate)
  site.get('/entradas', listSignIns)
  site.get('/auditoria', listChanges)
  site.get('/ajustes', showSettings)
  site.post('/ajustes', saveSettings)
}
