import { readFileSync } from 'node:fs'
import pg from 'pg'
import { readSessionCookie } from '#identity/visit.ts'
import { openPlace } from './place.ts'
import { signIn } from './site.ts'

const place = await openPlace()
const v = await signIn(place)
const c = readSessionCookie(v.cookie.split('=')[1])!
const w = new pg.Client({ connectionString: place.urls.web })
await w.connect()
const o = new pg.Client({ connectionString: place.urls.owner })
await o.connect()
const time = async (label: string) => {
  for (let k = 0; k < 3; k++) {
    const t = performance.now()
    await w.query(
      `do $$ begin for i in 1..3000 loop perform * from eprod.open_visit('\\x${c.tokenHash.toString('hex')}', now()); end loop; end $$`,
    )
    console.log(label, (((performance.now() - t) / 3000) * 1000).toFixed(1), 'us')
  }
}
await time('old')
await o.query(readFileSync('migrations/0012-open-visit.sql', 'utf8'))
await time('new')
console.log((await w.query({ text: 'select * from eprod.open_visit($1, now())', values: [c.tokenHash] })).rows)
console.log((await w.query({ text: 'select * from eprod.open_visit($1, now())', values: [Buffer.alloc(32)] })).rows)
await w.end()
await o.end()
await place.stop()
