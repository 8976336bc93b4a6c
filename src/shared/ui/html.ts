// Markup as an escaping template, for the pieces that a page draws hundreds of times: a fraction of the cost of elements.
// Everything else is written as JSX.
import { isValidElement, type VNode } from 'preact'
import { jsxEscape, jsxTemplate } from 'preact/jsx-runtime'
import { renderToString } from 'preact-render-to-string'

type Piece = string | number | null | VNode | readonly VNode[]

/**
 * html`<td class="${kind}">${text}</td>`: a piece of a page, drawn on the server only. Whatever is put in is escaped, between
 * tags and inside double quotes; pieces and elements are put in as they are. Attributes must be quoted.
 */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): VNode {
  const template = [parts[0] ?? '']
  const elements: VNode[] = []
  for (const [at, piece] of pieces.entries()) {
    add(template, elements, piece)
    template[template.length - 1] += parts[at + 1] ?? ''
  }
  return jsxTemplate(template, ...elements)
}

/** Markup that was drawn before, as a piece. Never for what a person typed. */
export function drawnBefore(markup: string): VNode {
  return jsxTemplate([markup])
}

const drawn = new Map<string, VNode>()

/** A part that is the same for everybody who has this key, drawn at its first use. Keys are few: languages, sides, places. */
export function drawnOnce(key: string, draw: () => VNode): VNode {
  const before = drawn.get(key)
  if (before) return before
  const now = drawnBefore(renderToString(draw()))
  drawn.set(key, now)
  return now
}

/** Finished text is joined at once; only elements are left to the renderer. */
function add(template: string[], elements: VNode[], piece: Piece): void {
  if (piece === null) return
  if (typeof piece !== 'object') template[template.length - 1] += jsxEscape(piece) as string
  else if (!isValidElement(piece)) for (const one of piece as readonly VNode[]) add(template, elements, one)
  else addElement(template, elements, piece)
}

function addElement(template: string[], elements: VNode[], element: VNode): void {
  const { tpl, exprs } = element.props as { tpl?: readonly string[]; exprs?: readonly unknown[] }
  if (tpl?.length === 1 && !exprs?.length) template[template.length - 1] += tpl[0] ?? ''
  else {
    elements.push(element)
    template.push('')
  }
}
