import { nothing, percentile, round } from './load.ts'
import { openPlace } from './place.ts'
import { launchSite, signIn } from './site.ts'

const place = await openPlace()
const v = await signIn(place)
const site = await launchSite(place, process.argv[3] ? ['--cpu-prof', '--cpu-prof-dir=/tmp/bench/prof'] : [])
const paths = process.argv[2] === 'list' ? ['/chamados'] : v.tickets.map((id) => `/chamados/${id}`)
const t = { ...site, paths, cookie: v.cookie, postmaster: place.postmaster }
await round(t, 2, nothing())
const r = nothing()
await round(t, 5, r)
console.log(
  (r.requests / r.seconds).toFixed(0),
  'rps node',
  (r.nodeMs / r.requests).toFixed(3),
  'pg',
  (r.postgresMs / r.requests).toFixed(3),
  'p50',
  percentile(r, 0.5).toFixed(1),
)
await site.stop()
await place.stop()
