// Links in letters that act without signing in: signed, and bound to what they do. Pure.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a link may do: confirm a typed address, stop its letters, or stop a person's. */
export type Link =
  | { readonly does: 'confirm' | 'stop'; readonly institutionId: number; readonly address: string }
  | { readonly does: 'stop'; readonly personId: number }

/** Where our letters' links lead, and the key they are signed with. */
export interface LetterPlace {
  /** Public address without a trailing slash. */
  readonly url: string
  readonly key: Buffer
}

function textOf(link: Link): string {
  return 'personId' in link ? `stop person ${link.personId}` : `${link.does} ${link.institutionId} ${link.address}`
}

const signed = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('base64url')

/** The path of a link with its signature, from `/avisos` on. */
export function linkPath(place: LetterPlace, link: Link): string {
  const params = new URLSearchParams(
    'personId' in link
      ? { pessoa: String(link.personId) }
      : { instituicao: String(link.institutionId), endereco: link.address },
  )
  params.set('selo', signed(place.key, textOf(link)))
  return `/avisos/${link.does === 'confirm' ? 'confirmar' : 'parar'}?${params}`
}

/** The link of an address that was followed, or undefined: none of ours. */
export function readLink(place: LetterPlace, path: string): Link | undefined {
  const { pathname, searchParams } = new URL(path, 'http://eprod')
  const does = pathname === '/avisos/confirmar' ? 'confirm' : 'stop'
  const number = (name: string) => (/^\d{1,9}$/.test(searchParams.get(name) ?? '') ? Number(searchParams.get(name)) : 0)
  const address = searchParams.get('endereco') ?? ''
  const link: Link = searchParams.has('pessoa')
    ? { does: 'stop', personId: number('pessoa') }
    : { does, institutionId: number('instituicao'), address }
  if (does === 'confirm' && 'personId' in link) return undefined
  const given = Buffer.from(searchParams.get('selo') ?? '')
  const right = Buffer.from(signed(place.key, textOf(link)))
  return given.length === right.length && timingSafeEqual(given, right) ? link : undefined
}
