import { readdirSync, readFileSync } from 'node:fs'

const dir = '/tmp/bench/prof/'
const f = readdirSync(dir)
  .map((x) => dir + x)
  .sort()
  .at(-1)
const p = JSON.parse(readFileSync(f))
const by = new Map(p.nodes.map((n) => [n.id, n]))
const self = new Map()
p.samples.forEach((id, i) => {
  self.set(id, (self.get(id) ?? 0) + p.timeDeltas[i])
})
const agg = new Map(),
  mod = new Map()
let tot = 0
for (const [id, t] of self) {
  const n = by.get(id).callFrame
  if (n.functionName === '(idle)' || n.functionName === '(program)') continue
  tot += t
  const u = n.url.replace(/.*node_modules\//, '').replace(/.*\/work\/main\//, '')
  const k = n.functionName + ' ' + u + ':' + n.lineNumber
  agg.set(k, (agg.get(k) ?? 0) + t)
  const m =
    u
      .split('/')
      .slice(0, u.startsWith('@') ? 2 : 1)
      .join('/') || n.functionName
  mod.set(m, (mod.get(m) ?? 0) + t)
}
const show = (m) =>
  [...m]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 28)
    .forEach(([k, t]) => console.log(((t / tot) * 100).toFixed(1) + '%', k))
show(mod)
console.log('---')
show(agg)
