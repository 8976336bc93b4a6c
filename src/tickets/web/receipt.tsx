// Receipts: /chamados/:id/comprovante as a page and as a PDF, and /verificar, where anybody asks whether one is authentic.
import { Readable } from 'node:stream'
import { toString as qrCode } from 'qrcode'
import { disposition } from '#attachments/rules/names.ts'
import type { Db } from '#shared/db/connect.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { TextField } from '#shared/ui/fields.tsx'
import { Notice } from '#shared/ui/form.tsx'
import { drawnBefore } from '#shared/ui/html.ts'
import { Icon } from '#shared/ui/icon.tsx'
import { eitherPage, page } from '#shared/ui/page.tsx'
import type { Answer, Guest, Site, Visit } from '#shared/web/site.ts'
import { isAuthentic, publicKeysOf } from '#tickets/receipts.ts'
import { proofLines, receiptPdf } from '#tickets/web/receipt-pdf.ts'
import { receiptSheet, type Sheet, type SheetDoors, type SheetLine } from '#tickets/web/receipt-sheet.ts'
import { ticketIdOf } from '#tickets/web/ticket.tsx'
import { Paragraphs } from '#tickets/web/timeline.tsx'

export interface ReceiptDoors extends SheetDoors {
  /** The role of whoever has not signed in. */
  readonly entry: Db
}

export function routes(site: Site, doors: ReceiptDoors): void {
  site.get('/chamados/:id/comprovante', async (visit, request) => {
    const sheet = await receiptSheet(visit, doors, ticketIdOf(request))
    visit.noteReading('receipt', sheet.ticketId)
    return await receiptPage(visit, sheet)
  })
  site.get('/chamados/:id/comprovante.pdf', async (visit, request) => {
    const sheet = await receiptSheet(visit, doors, ticketIdOf(request))
    visit.noteReading('receipt-pdf', sheet.ticketId)
    return pdfAnswer(await receiptPdf(sheet, visit.words, visit.lang), visit.words.receipt.file(sheet.ticketId))
  })
  const key = publicKeysOf(doors.keys)
  site.eitherGet('/verificar', async (guest, request) => {
    const asked = (request.query as { codigo?: unknown }).codigo
    const code = typeof asked === 'string' ? asked.trim() : ''
    return code === ''
      ? verifyPage(guest, { key })
      : { redirect: `/verificar/${encodeURIComponent(code.slice(0, 100))}` }
  })
  site.eitherGet('/verificar/:codigo', async (guest, request) => {
    const { codigo = '' } = request.params as { codigo?: string }
    return verifyPage(guest, { key, code: codigo, authentic: await isAuthentic(doors.entry, doors.keys, codigo) })
  })
}

function pdfAnswer(bytes: Buffer, name: string): Answer {
  return {
    stream: Readable.from([bytes]),
    headers: {
      'content-type': 'application/pdf',
      'content-length': String(bytes.length),
      'content-disposition': disposition('inline', name),
      'content-encoding': 'identity',
      'cache-control': 'private, no-store',
    },
  }
}

async function receiptPage(visit: Visit, sheet: Sheet): Promise<Answer> {
  const said = visit.words.receipt
  const number = showTicketId(sheet.ticketId)
  const { crumbList, crumb } = visit.words.ticketPage
  const base = `/chamados/${sheet.ticketId}`
  const picture = await qrCode(sheet.address, { type: 'svg', margin: 2, width: 160, errorCorrectionLevel: 'M' })
  return page(visit, {
    title: said.pageTitle(number),
    section: 'tickets',
    crumbs: [{ label: crumbList, href: '/chamados' }, { label: crumb(number), href: base }, { label: said.heading }],
    body: (
      <>
        <div class="head">
          <div>
            <h1>{said.heading}</h1>
            <p class="hint">{sheet.title}</p>
          </div>
          <div class="acts">
            <a class="btn pri" href={`${base}/comprovante.pdf`}>
              <Icon name="download" />
              {said.pdf}
            </a>
          </div>
        </div>
        {sheet.parts.map((part) => (
          <section class="card props receipt" key={part.heading} aria-label={part.heading}>
            <h2>{part.heading}</h2>
            <Lines lines={part.lines} />
          </section>
        ))}
        <section class="card props receipt" aria-labelledby="autenticidade">
          <h2 id="autenticidade">{said.authentic}</h2>
          <div class="receipt-code">
            <a class="qr" href={sheet.address} aria-label={said.qrLabel}>
              {drawnBefore(picture)}
            </a>
            <div>
              <p>{said.checkAt}</p>
              <p>
                <a href={sheet.address}>{sheet.address}</a>
              </p>
              <p>
                {said.code} <b class="code">{sheet.receipt.code}</b>
              </p>
            </div>
          </div>
          <details>
            <summary>{said.offline}</summary>
            <p class="hint pad">{said.offlineHint}</p>
            <Lines
              lines={[...proofLines(sheet, said), { label: said.facts, value: sheet.receipt.facts, code: true }]}
            />
          </details>
        </section>
      </>
    ),
  })
}

function Lines({ lines }: { lines: readonly SheetLine[] }) {
  return (
    <dl>
      {lines.map(({ label, value, code }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd class={code ? 'code' : undefined}>
            <Paragraphs text={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The same page for every code: whether it is authentic, and nothing else about anything. */
function verifyPage(guest: Guest, asked: { key: string; code?: string; authentic?: boolean }): Answer {
  const said = guest.words.receipt.verify
  return eitherPage(guest, {
    title: said.title,
    body: (
      <div class="card pad fld verify">
        <h1>{said.title}</h1>
        {asked.authentic === undefined ? null : (
          <Notice tone={asked.authentic ? 'ok' : 'bad'} live>
            <p>
              <b>{asked.authentic ? said.yes : said.no}</b>
            </p>
            <p>{asked.authentic ? said.yesText : said.noText}</p>
          </Notice>
        )}
        <p>{said.intro}</p>
        <form action="/verificar" class="fld">
          <TextField
            id="codigo"
            name="codigo"
            label={said.label}
            hint={said.hint}
            value={asked.code ?? ''}
            maxLength={100}
            required
            code
          />
          <button class="btn pri" type="submit">
            {said.check}
          </button>
        </form>
        <details>
          <summary>{said.key}</summary>
          <p class="hint">{said.keyHint}</p>
          <p class="code typed">{asked.key}</p>
        </details>
      </div>
    ),
  })
}
