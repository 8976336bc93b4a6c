// Draws a guide of docs/ from Markdown: headings with addresses, tables that scroll, figures from docs/pictures. No routes here.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import MarkdownIt from 'markdown-it'

export interface Picture {
  readonly bytes: Buffer
  readonly mediaType: string
  /** Of the content; short. */
  readonly hash: string
  /** In pixels. */
  readonly width: number
  readonly height: number
}

export interface Heading {
  readonly id: string
  readonly text: string
}

export interface Guide {
  /** The only heading of the first level. */
  readonly title: string
  /** Those of the second level, in order. */
  readonly headings: readonly Heading[]
  /** Everything below the title. */
  readonly html: string
}

const FOLDER = 'pictures'
const HASH_LENGTH = 12

/** The pictures of the folder by name; an empty map where there is none. Only WebP, as bin/guide.js writes them. */
export function readPictures(docs: string): ReadonlyMap<string, Picture> {
  const folder = join(docs, FOLDER)
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => extname(name) === '.webp') : []
  return new Map(names.map((name) => [name, pictureOf(readFileSync(join(folder, name)), name)]))
}

function pictureOf(bytes: Buffer, name: string): Picture {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, HASH_LENGTH)
  return { bytes, mediaType: 'image/webp', hash, ...webpSize(bytes, name) }
}

/** Source: RFC 9649 (WebP), sections 2.5 to 2.7: where each of the three kinds keeps its size. */
export function webpSize(bytes: Buffer, name: string): { width: number; height: number } {
  const kind = bytes.toString('latin1', 12, 16)
  if (kind === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  if (kind === 'VP8L') {
    const bits = bytes.readUInt32LE(21)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (kind === 'VP8 ') return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
  throw new Error(`${name} is no WebP picture`)
}

/** Reads a guide once and draws it with figures closed and open. Throws when the file is not there. */
export function readGuide(
  docs: string,
  file: string,
  place: { pictures: ReadonlyMap<string, Picture>; base: string },
): (open: boolean) => Guide {
  const text = readFileSync(join(docs, file), 'utf8')
  const drawn = new Map<boolean, Guide>()
  for (const open of [false, true]) drawn.set(open, drawGuide(text, { ...place, open }))
  return (open) => drawn.get(open) as Guide
}

interface Drawing {
  readonly pictures: ReadonlyMap<string, Picture>
  /** Address below which pictures are served. */
  readonly base: string
  readonly open: boolean
}

/** Draws Markdown in which a figure is a paragraph of one picture whose title is its caption. */
export function drawGuide(text: string, drawing: Drawing): Guide {
  const markdown = new MarkdownIt({ html: false, linkify: false })
  const tokens = markdown.parse(text, {})
  const headings: Heading[] = []
  let title = ''
  for (const [at, token] of tokens.entries()) {
    const inline = tokens[at + 1]
    if (token.type === 'heading_open' && inline) {
      if (token.tag === 'h1') title = inline.content
      const id = addressOf(inline.content)
      token.attrSet('id', id)
      if (token.tag === 'h2') headings.push({ id, text: inline.content })
    }
    const picture = inline?.children?.length === 1 ? inline.children[0] : undefined
    if (token.type === 'paragraph_open' && picture?.type === 'image') makeFigure(tokens.slice(at, at + 3), drawing)
  }
  markdown.renderer.rules.table_open = () => '<div class="tablebox" tabindex="0"><table>'
  markdown.renderer.rules.table_close = () => '</table></div>'
  const body = tokens.slice(tokens.findIndex((token) => token.type === 'heading_close') + 1)
  return { title, headings, html: markdown.renderer.render(body, markdown.options, {}) }
}

type Tokens = ReturnType<InstanceType<typeof MarkdownIt>['parse']>

function makeFigure(paragraph: Tokens, drawing: Drawing): void {
  const [opening, inline, closing] = paragraph
  const image = inline?.children?.[0]
  if (!opening || !inline || !closing || !image) return
  const name = String(image.attrGet('src')).replace(`${FOLDER}/`, '')
  const picture = drawing.pictures.get(name)
  // A guide without one of its pictures is still a guide; tests/docs.test.ts sees that none is missing.
  if (!picture) return void hide(paragraph)
  const { escapeHtml } = new MarkdownIt().utils
  const caption = escapeHtml(String(image.attrGet('title') ?? image.content))
  const source = `${drawing.base}/${encodeURIComponent(name)}?v=${picture.hash}`
  const size = `width="${picture.width}" height="${picture.height}"`
  const drawnImage = `<img src="${source}" alt="${escapeHtml(image.content)}" ${size} loading="lazy" decoding="async">`
  hide([opening, closing])
  inline.type = 'html_block'
  inline.content = `<details class="figure"${drawing.open ? ' open' : ''}><summary>${caption}</summary>${drawnImage}</details>\n`
}

function hide(tokens: Tokens): void {
  for (const token of tokens) {
    token.hidden = true
    token.children = []
  }
}

/** The address of a heading within its page: `3. Abrir um chamado` → `3-abrir-um-chamado`. */
export function addressOf(heading: string): string {
  return heading
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
