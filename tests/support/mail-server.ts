// A real mail server in process, for tests: takes letters, and can be told to refuse, to keep silent, or to hang up.
import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface MailServer {
  readonly url: string
  /** What came, as raw messages, with the addresses of the envelope; also what it then refused or never answered. */
  readonly received: { to: string[]; raw: string }[]
  /** SMTP code it answers recipients with; undefined: it takes all. */
  answer: number | undefined
  /** What follows the last dot of a letter: an SMTP code, nothing at all (`silent`), or the end of the line (`hang-up`). */
  afterData: number | 'silent' | 'hang-up' | undefined
  /** Says nothing more to who names a recipient. */
  tarpit: boolean
  /** How long it takes over a letter before it says yes. */
  delayMs: number
  close(): Promise<void>
}

const refusal = (code: number | undefined) =>
  code === undefined ? null : Object.assign(new Error('not now'), { responseCode: code })

export async function startMailServer(): Promise<MailServer> {
  const lines = new Map<number, Socket>()
  const mood: Omit<MailServer, 'url' | 'close'> = {
    received: [],
    answer: undefined,
    afterData: undefined,
    tarpit: false,
    delayMs: 0,
  }
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 50,
    onRcptTo: (_address, _session, done) => {
      if (!mood.tarpit) done(refusal(mood.answer))
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map((one) => one.address)
        mood.received.push({ to, raw: Buffer.concat(chunks).toString('utf8') })
        const then = mood.afterData
        if (then === 'hang-up') lines.get(session.remotePort)?.destroy()
        else if (then !== 'silent') setTimeout(() => done(refusal(then)), mood.delayMs)
      })
    },
  })
  server.server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket
    lines.set(remotePort, socket)
    socket.once('close', () => lines.delete(remotePort))
  })
  // Who hangs up on us in the middle of a letter is no error of the server's.
  server.on('error', () => {})
  await new Promise<void>((tell) => server.listen(0, '127.0.0.1', () => tell()))
  return Object.assign(mood, {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((tell) => server.close(() => tell())),
  })
}
