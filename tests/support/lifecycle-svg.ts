// The life cycle as a table of statuses × verbs in SVG, drawn from the table the product decides by.
import { lineOf, type Next, STATUSES, type Status, VERBS } from '#tickets/rules/lifecycle.ts'
import { shared } from '#words/pt-BR/shared.ts'

const CELL = { width: 206, height: 40 }
const HEAD = { width: 176, height: 44 }
const VERB_NAMES: Readonly<Record<(typeof VERBS)[number], string>> = {
  take: 'assumir',
  assign: 'atribuir',
  'give-back': 'devolver à fila',
  ask: 'pedir informação',
  answer: 'responder',
  'follow-up': 'acompanhar',
  note: 'anotar (privado)',
  solve: 'solucionar',
  approve: 'aprovar a solução',
  refuse: 'recusar a solução',
  lapse: '7 dias sem resposta',
  expire: '10 dias sem resposta',
}
const ROLE_NAMES = { operator: 'operador', analyst: 'analista', supervisor: 'supervisor', clock: 'relógio' } as const

function nextName(status: Status, next: Next): string {
  if (next === 'same') return shared.statuses[status]
  return next === 'by-assignee' ? 'Processando ou Novo' : shared.statuses[next]
}

const text = (at: { x: number; y: number }, tone: string, said: string): string =>
  `<text x="${at.x}" y="${at.y}" class="${tone}">${said.replaceAll('&', '&amp;')}</text>`

/** The whole drawing; readable on light and dark. */
export function lifecycleSvg(): string {
  const width = HEAD.width + STATUSES.length * CELL.width
  const height = HEAD.height + VERBS.length * CELL.height
  const heads = STATUSES.map((status, column) =>
    text({ x: HEAD.width + column * CELL.width + 8, y: 28 }, 'b', shared.statuses[status]),
  )
  const rows = VERBS.flatMap((verb, row) => {
    const y = HEAD.height + row * CELL.height
    const cells = STATUSES.flatMap((status, column) => {
      const line = lineOf(status, verb)
      const x = HEAD.width + column * CELL.width + 8
      if (!line) return []
      return [
        text({ x, y: y + 17 }, 'n', `→ ${nextName(status, line.next)}`),
        text({ x, y: y + 33 }, 's', line.by.map((role) => ROLE_NAMES[role]).join(', ')),
      ]
    })
    return [`<path d="M0 ${y}H${width}"/>`, text({ x: 8, y: y + 25 }, 'b', VERB_NAMES[verb]), ...cells]
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Ciclo de vida de um chamado: em cada status, o que se pode fazer, quem, e aonde leva">
<style>svg{background:#fff;font:14px "Source Sans 3",system-ui,sans-serif}text{fill:#16202e}.b{font-weight:650}.s{font-size:12px;fill:#46536a}path{stroke:#dde3eb}@media (prefers-color-scheme:dark){svg{background:#161f2b}text{fill:#e8edf4}.s{fill:#b4c0d0}path{stroke:#2a3747}}</style>
${[...heads, ...rows].join('\n')}
</svg>
`
}
