// A real mail server in process, for tests: takes letters, and can be told to refuse or to be busy.
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface MailServer {
  readonly url: string
  /** What came, as raw messages, with the addresses of the envelope. */
  readonly received: { to: string[]; raw: string }[]
  /** SMTP code it answers recipients with; undefined: it takes all. */
  answer: number | undefined
  close(): Promise<void>
}

export async function startMailServer(): Promise<MailServer> {
  const received: MailServer['received'] = []
  const state: { answer: number | undefined } = { answer: undefined }
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: (_address, _session, done) => {
      const { answer } = state
      done(answer === undefined ? null : Object.assign(new Error('not now'), { responseCode: answer }))
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push({
          to: session.envelope.rcptTo.map((one) => one.address),
          raw: Buffer.concat(chunks).toString('utf8'),
        })
        done()
      })
    },
  })
  await new Promise<void>((tell) => server.listen(0, '127.0.0.1', () => tell()))
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    get answer() {
      return state.answer
    },
    set answer(code) {
      state.answer = code
    },
    close: () => new Promise((tell) => server.close(() => tell())),
  }
}
