// Receipts: anybody can tell an authentic code from any other and learns nothing more; what was signed is checked without us.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAuthentic, receiptKeys } from '#tickets/receipts.ts'
import { markOf, readReceiptCode, showReceiptCode } from '#tickets/rules/receipt.ts'
import {
  BANK,
  type DraftSite,
  draftOf,
  OTHER_BANK,
  type Person,
  startDraftSite,
  theft,
  theftFiles,
} from '../../tests/support/draft-site.ts'

let site: DraftSite
let ana: Person
let stranger: Person
let ticket: string
let page: string
let code: string
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  stranger = await site.person({ cpf: '71460238001', cnpj: OTHER_BANK, classes: [122, 151] })
  const { location } = await ana.post(await draftOf(ana), { ...theft, acao: 'enviar' }, theftFiles)
  ticket = location.replace(/\?.*/, '')
  page = (await ana.get(`${ticket}/comprovante`)).body
  code = /<b class="code">([^<]+)/.exec(page)?.[1] ?? ''
})
afterAll(() => site.close())

const unescaped = (html: string) => html.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&')
const shown = (label: string) =>
  unescaped(new RegExp(`<dt>${label}</dt><dd[^>]*>(?:<p[^>]*>)?([\\s\\S]*?)(?:</p>)?</dd>`).exec(page)?.[1] ?? '')
const said = async (typed: string) => (await stranger.get(`/verificar/${encodeURIComponent(typed)}`)).body

describe('a code', () => {
  it('is read back from however it is spelled', () => {
    const codes = fc.record({
      ticketId: fc.integer({ min: 1, max: 999_999_999 }),
      mark: fc.uint8Array({ minLength: 10, maxLength: 10 }).map(markOf),
    })
    fc.assert(
      fc.property(codes, (one) => {
        const spelled = showReceiptCode(one)
        const typed = spelled.toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l').replaceAll('0', 'o')
        expect(readReceiptCode(spelled)).toEqual(one)
        // A number in front stays a number however its digits were copied.
        expect(readReceiptCode(typed)).toEqual(one)
      }),
    )
  })

  it.each(['', '24151', 'abc', '0-0000-0000-0000-0000', '1-UUUU-UUUU-UUUU-UUUU', `${'9'.repeat(40)}`, '\u0000'])(
    'is none of %j',
    (typed) => expect(readReceiptCode(typed)).toBeUndefined(),
  )
})

describe('a receipt', () => {
  it('lists number, answers, and each file with its hash', () => {
    expect(page).toContain('Boletim de Ocorr')
    expect(page).toContain('123/2026')
    for (const [, name, content] of theftFiles) {
      expect(page).toContain(name)
      expect(page).toContain(createHash('sha256').update(content).digest('hex'))
    }
  })

  it('is found authentic by anybody, who is told nothing else', async () => {
    const body = await said(code)
    expect(body).toContain('Comprovante autêntico')
    for (const secret of ['ABC', '9BWZZZ377VT004251', '123/2026', 'Banco ', '23-11-2026']) {
      expect(
        body.replaceAll(code, '').includes(secret) && !(await stranger.get('/verificar')).body.includes(secret),
      ).toBe(false)
    }
  })

  it('has one code: with any letter changed, or of another number, it is none of ours', async () => {
    const other = code.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    const [, ...mark] = code.split('-')
    for (const wrong of [other, `999999-${mark.join('-')}`, `1-${mark.join('-')}`])
      expect(await said(wrong)).toContain('Este código não é de um comprovante do EPROD')
  })

  it('can be checked with its facts, its signature and the public key alone', () => {
    const message = `eprod-receipt-v1:${createHash('sha256').update(shown('Fatos')).digest('hex')}`
    expect(shown('Mensagem assinada')).toBe(message)
    const key = createPublicKey(shown('Chave pública'))
    const signature = Buffer.from(shown('Assinatura Ed25519 \\(base64\\)'), 'base64')
    expect(verify(null, Buffer.from(message), key, signature)).toBe(true)
    expect(verify(null, Buffer.from(`${message}0`), key, signature)).toBe(false)
  })

  it('is a PDF with the facts attached and its text to be read', async () => {
    const { headers, body } = await ana.get(`${ticket}/comprovante.pdf`)
    expect(headers['content-type']).toBe('application/pdf')
    expect(body.startsWith('%PDF-1.7')).toBe(true)
    expect(body).toContain('/EmbeddedFile')
    expect(body).toContain('/StructTreeRoot')
  })

  it('does not exist for another institution', async () => {
    for (const path of ['comprovante', 'comprovante.pdf'])
      expect((await stranger.get(`${ticket}/${path}`)).status).toBe(404)
  })

  it('stays authentic when the key is replaced, and not without the key of then', async () => {
    const entry = site.database.entry.db
    const secrets = join(site.folder, 'secrets')
    await rename(join(secrets, 'receipt.key'), join(secrets, 'receipt.key.2026'))
    expect(await isAuthentic(entry, await receiptKeys(site.folder), code)).toBe(true)
    await rename(join(secrets, 'receipt.key.2026'), join(secrets, 'lost'))
    expect(await isAuthentic(entry, await receiptKeys(site.folder), code)).toBe(false)
  })
})
