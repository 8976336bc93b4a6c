// Sends a file to /envios in pieces, as the form's script does, on a site of draft-site.ts.
import type { Person, Sent } from './draft-site.ts'

export const TUS = { 'tus-resumable': '1.0.0' }
export const PIECE = { ...TUS, 'content-type': 'application/offset+octet-stream' }

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** What announces a file: `draft` as an address or an id. */
export function announced(draft: string, document: string, file: { name: string; size: number }) {
  const id = draft.split('/').at(-1) ?? ''
  const metadata = `rascunho ${base64(id)},documento ${base64(document)},nome ${base64(file.name)}`
  return { ...TUS, 'upload-length': String(file.size), 'upload-metadata': metadata }
}

/** Announces a file and answers its address, '' when it was refused. */
export async function begin(
  person: Person,
  draft: string,
  file: { document: string; name: string; size: number },
): Promise<Sent> {
  return await person.ask('POST', '/envios', announced(draft, file.document, file))
}

/** The whole way of a small file: sent with its announcement, then asked what became of it. */
export async function sendFile(
  person: Person,
  draft: string,
  file: { document: string; name: string; content: Buffer },
): Promise<Sent> {
  const { document, name, content } = file
  const headers = { ...announced(draft, document, { name, size: content.length }), ...PIECE }
  const begun = await person.ask('POST', '/envios', headers, content)
  return begun.status === 201 ? await person.ask('GET', begun.location) : begun
}
