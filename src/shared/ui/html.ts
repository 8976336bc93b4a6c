// Markup as an escaping template, for the pieces that a page draws hundreds of times: a quarter of the cost of elements.
// Everything else is written as JSX.
import type { VNode } from 'preact'
import { jsxEscape, jsxTemplate } from 'preact/jsx-runtime'

type Piece = string | number | null | VNode | readonly VNode[]

/**
 * html`<td class="${kind}">${text}</td>`: a piece of a page, drawn on the server only. Whatever is put in is escaped, between
 * tags and inside double quotes; pieces and elements are put in as they are. Attributes must be quoted.
 */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): VNode {
  return jsxTemplate(parts as unknown as string[], ...pieces.map(jsxEscape))
}
