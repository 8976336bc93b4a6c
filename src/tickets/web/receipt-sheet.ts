// What a receipt says, part by part: drawn as a page and as a PDF.
import { shownAnswers } from '#forms/reads.ts'
import { showBytes } from '#shared/kit/bytes.ts'
import { showInstant } from '#shared/kit/dates.ts'
import { showCnpj } from '#shared/kit/identifiers/cnpj.ts'
import { showPlate } from '#shared/kit/identifiers/plate.ts'
import { showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import type { Visit } from '#shared/web/site.ts'
import { formTexts } from '#tickets/reads/form-texts.ts'
import { type TicketFacts, ticketFacts } from '#tickets/reads/ticket-page.ts'
import { type Receipt, type ReceiptKeys, receiptOf } from '#tickets/receipts.ts'

export interface SheetLine {
  readonly label: string
  readonly value: string
  /** Shown in letters of one width: hashes, codes. */
  readonly code?: boolean
}

export interface SheetPart {
  readonly heading: string
  readonly lines: readonly SheetLine[]
}

export interface Sheet {
  readonly ticketId: number
  readonly title: string
  readonly parts: readonly SheetPart[]
  readonly receipt: Receipt
  /** Of the page that says whether the code is authentic. */
  readonly address: string
}

interface SignedFile {
  readonly n: number
  readonly document: string
  readonly name: string
  readonly size: number
  readonly sha256: string
}

export interface SheetDoors {
  readonly keys: ReceiptKeys
  /** Public address without a trailing slash. */
  readonly url: string
}

/** The receipt of a ticket in the visitor's language; `not-found` for what the visitor may not see. */
export async function receiptSheet(visit: Visit, { keys, url }: SheetDoors, id: number): Promise<Sheet> {
  const { tx, lang, words } = visit
  const [facts, receipt] = await Promise.all([ticketFacts(tx, id), receiptOf(tx, keys, id)])
  const answers = await shownAnswers(tx, facts, lang)
  const { documentName, caseName } = await formTexts(tx, facts.formVersionId, lang)
  const signed = JSON.parse(receipt.facts) as { institution: string; files: SignedFile[] }
  const said = words.receipt
  const files = signed.files.map((file) => ({
    label: `${file.n}. ${documentName(file.document)}`,
    value: `${file.name} (${showBytes(file.size, lang)})\nSHA-256 ${file.sha256}`,
    code: true,
  }))
  return {
    ticketId: id,
    title: facts.title,
    receipt,
    address: `${url}/verificar/${receipt.code}`,
    parts: [
      { heading: said.ticket, lines: ticketLines(visit, facts, { cnpj: signed.institution, caseName }) },
      { heading: words.ticketPage.timeline.answers, lines: answers.flatMap((section) => section.answers) },
      { heading: said.files, lines: files },
    ].filter(({ lines }) => lines.length > 0),
  }
}

function ticketLines(
  { words }: Visit,
  facts: TicketFacts,
  named: { cnpj: string; caseName: (code: string) => string },
): SheetLine[] {
  const aside = words.ticketPage.aside
  const lines: [string, string | null][] = [
    [aside.ticket, showTicketId(facts.id)],
    [aside.opened, showInstant(facts.openedAt)],
    [aside.requesterGroup, `${facts.institution} (CNPJ ${showCnpj(named.cnpj)})`],
    [aside.requester, facts.requester],
    [aside.case, named.caseName(facts.caseCode)],
    [aside.plate, facts.plate && showPlate(facts.plate)],
    [aside.chassis, facts.chassis],
  ]
  return lines.flatMap(([label, value]) => (value ? [{ label, value }] : []))
}
