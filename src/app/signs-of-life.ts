// Who works is seen by a lock of the database, held as long as the process lives: the jobs of a worker that was killed go on
// within seconds, instead of the four hours after which graphile-worker gives a lock up.
import type pg from 'pg'

export interface Signs {
  /** A pool of hands begins: nobody takes its jobs for abandoned while this process lives. */
  begin(poolId: string): void
  /** It has ended: what it still held is given back at the next beat. */
  end(poolId: string): void
  close(): Promise<void>
}

const BEAT_MS = 3000
const key = (name: string) => `hashtextextended('worker ' || ${name}, 41)`

/** A machine that vanished without a word is given up after a minute, not after the two hours of most systems. */
const OPENING = 'set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3'

/** Whoever works takes its lock before it has worked for a beat; so a younger job is never given up. */
const FREE = `select graphile_worker.force_unlock_workers(array_agg(gone.name)) from (
    select b.name from (select distinct j.locked_by as name from graphile_worker._private_jobs j
                         where j.locked_at < now() - make_interval(secs => ${BEAT_MS / 1000})) b
     where pg_try_advisory_xact_lock(${key('b.name')})) gone`

/**
 * When a job's key is asked for anew while the job runs, graphile-worker takes its key and its further tries and adds another
 * one. If the first then dies, nothing is left to do for it: it is no failure to be shown. A job of these that failed has its key.
 */
const REPLACED =
  'select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs where key is null and attempts >= max_attempts and locked_at is null and task_identifier = any($1)'

/** Holds one connection of the pool. `keyed` are the tasks whose jobs all have keys. `failed` hears what went wrong, once until it is well again; the next beat tries again. */
export function startSigns(pool: pg.Pool, keyed: readonly string[], failed: (error: unknown) => void): Signs {
  const pools = new Set<string>()
  let well = true
  const lost = (error: unknown) => {
    holder.drop()
    if (well) failed(error)
    well = false
  }
  const holder = makeHolder(pool, lost)
  /** One after the other, on the one connection. */
  let turn = Promise.resolve()
  const inTurn = (work: () => Promise<unknown>) => {
    turn = turn.then(work).then(() => {}, lost)
  }
  const beat = () =>
    inTurn(async () => {
      await holder.open(pools)
      // By another session: its own would be given any lock this one holds.
      await pool.query(FREE)
      await pool.query(REPLACED, [keyed])
      well = true
    })
  const beating = setInterval(beat, BEAT_MS)
  beat()
  return {
    begin: (poolId) => {
      pools.add(poolId)
      inTurn(() => holder.take(poolId))
    },
    end: (poolId) => {
      pools.delete(poolId)
      inTurn(() => holder.giveUp(poolId))
    },
    close: async () => {
      clearInterval(beating)
      await turn
      holder.drop()
    },
  }
}

/** The connection that holds the locks: each once, since one that is taken twice is given up only half. */
function makeHolder(pool: pg.Pool, lost: (error: unknown) => void) {
  const held = new Set<string>()
  let client: pg.PoolClient | undefined
  const take = async (name: string) => {
    if (!client || held.has(name)) return
    await client.query(`select pg_advisory_lock(${key('$1')})`, [name])
    held.add(name)
  }
  return {
    take,
    giveUp: async (name: string) => {
      if (held.delete(name)) await client?.query(`select pg_advisory_unlock(${key('$1')})`, [name])
    },
    /** Opens it, where it is not open, and takes the locks of these names. */
    open: async (names: Iterable<string>) => {
      if (client) return
      const fresh = await pool.connect()
      client = fresh
      fresh.once('error', (error) => client === fresh && lost(error))
      await fresh.query(OPENING)
      for (const name of names) await take(name)
    },
    drop: () => {
      client?.release(true)
      client = undefined
      held.clear()
    },
  }
}
