// Hears PostgreSQL's NOTIFY over one connection of the process, opened again when it is lost, for as long as it takes.
import pg from 'pg'

const AGAIN_MS = 1000

export interface Heard {
  /** Something was told on a channel. */
  hear(channel: string, payload: string): void
  /** It listens again: what was told meanwhile is not known. */
  missed(): void
}

/** Listens on the channels until it is closed. `url`: of any role; it needs no rights but to listen. */
export function listen(url: string, channels: readonly string[], heard: Heard): { close(): Promise<void> } {
  let client: pg.Client | undefined
  let over = false
  let deaf = false
  let again: NodeJS.Timeout | undefined
  const start = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true })
    client = fresh
    const lost = () => {
      if (over || client !== fresh) return
      client = undefined
      deaf = true
      again = setTimeout(() => void start(), AGAIN_MS)
    }
    fresh.on('error', lost)
    fresh.on('end', lost)
    fresh.on('notification', ({ channel, payload }) => heard.hear(channel, payload ?? ''))
    await fresh
      .connect()
      .then(() => fresh.query(channels.map((channel) => `listen ${channel}`).join('; ')))
      .then(() => deaf && heard.missed())
      .catch(lost)
  }
  void start()
  return {
    close: async () => {
      over = true
      clearTimeout(again)
      await client?.end().catch(() => {})
    },
  }
}
