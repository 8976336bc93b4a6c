// An application of the tests that trusts SOE/WEB besides EPROD: registered on the administrator's pages, with a server that
// takes notices of ended access.
import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SignInSite } from './sign-in-site.ts'
import type { Page, Walker } from './walker.ts'

export const APPLICATIONS = '/soe/administracao/aplicacoes'
export const BACK = 'https://fleet.example/entry'
export const OPERATOR = '111.444.777-35'

/** The sealed secret that a form carries. */
export const carried = (page: Page): string => /name="andamento" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
/** The secret a page shows, '' when it shows none. */
export const secretOf = (page: Page): string =>
  /client_secret<\/dt><dd><code[^>]*>([\w-]{43})</.exec(page.body)?.[1] ?? ''

/** Enters SOE/WEB itself. */
export async function enterSoe(site: SignInSite, cpf: string): Promise<Walker> {
  const walker = site.walker()
  await walker.post('/soe/entrar?destino=%2Fsoe%2Fconta', { cpf, senha: 'demonstracao' })
  return walker
}

export interface NoticeServer {
  readonly url: string
  /** Logout tokens it was sent. */
  readonly told: string[]
  /** The status it answers with. */
  answer: number
  close(): void
}

export async function startNoticeServer(): Promise<NoticeServer> {
  const told: string[] = []
  const listener = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      told.push(new URLSearchParams(body).get('logout_token') ?? '')
      response.writeHead(server.answer).end()
    })
  })
  await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready))
  const { port } = listener.address() as AddressInfo
  const server = { url: `http://127.0.0.1:${port}/notices`, told, answer: 200, close: () => void listener.close() }
  return server
}

/** What is typed to register it. */
export const fleet = (notices: string) => ({
  identificador: 'fleet',
  nome: 'Portal da Frota',
  retorno: `${BACK}\nhttps://fleet.example/other`,
  saida: 'https://fleet.example/bye',
  aviso: notices,
})

/** Asks for a sign-in as the application would; walks until the browser leaves for it, or to where it stays. */
export async function authorize(
  walker: Walker,
  more: Record<string, string> = {},
): Promise<{ code: string; verifier: string }> {
  const verifier = randomBytes(32).toString('base64url')
  const asked = {
    client_id: 'fleet',
    redirect_uri: BACK,
    response_type: 'code',
    scope: 'openid eprod',
    state: 'state-of-fleet',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  }
  let page = await walker.step(`/soe/auth?${new URLSearchParams(asked)}`)
  if (page.headers.get('location')?.includes('/soe/entrar/')) {
    const form = await walker.get(page.headers.get('location')!)
    page = await walker.step(form.address.pathname, { cpf: OPERATOR, senha: 'demonstracao' })
  }
  let target = page.headers.get('location')
  while (target && !target.startsWith(BACK)) {
    page = await walker.step(target)
    target = page.headers.get('location')
  }
  return { code: new URL(target ?? BACK).searchParams.get('code') ?? '', verifier }
}

/** Asks for tokens as the application `id` with a secret. */
export async function tokens(
  site: SignInSite,
  given: { code: string; verifier: string },
  client: { secret: string; id?: string },
) {
  const fields = {
    grant_type: 'authorization_code',
    code: given.code,
    redirect_uri: BACK,
    code_verifier: given.verifier,
  }
  const authorization = `Basic ${Buffer.from(`${client.id ?? 'fleet'}:${client.secret}`).toString('base64')}`
  const page = await site.walker().step('/soe/token', fields, { authorization, origin: '', accept: 'application/json' })
  return { ...(JSON.parse(page.body) as { id_token?: string; access_token?: string }), status: page.status }
}
