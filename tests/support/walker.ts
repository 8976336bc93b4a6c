// A browser without scripts: follows redirects, keeps cookies by name and path. Addresses are the public ones; the server
// may listen elsewhere.

export interface Page {
  readonly status: number
  readonly body: string
  readonly headers: Headers
  /** The public address the page came from. */
  readonly address: URL
  /** Every address on the way, this one last. */
  readonly way: readonly string[]
}

/** The text of a page's body without tags. */
export function textOf(page: Page): string {
  return page.body
    .replace(/^.*<main/s, '<main')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

type Fields = Readonly<Record<string, string>>

interface Jar {
  readonly name: string
  readonly value: string
  readonly path: string
  readonly attributes: string
}

export interface Walker {
  get(address: string): Promise<Page>
  post(address: string, fields?: Fields): Promise<Page>
  /** One step: a redirect is answered, not followed. */
  step(address: string, fields?: Fields, headers?: Fields): Promise<Page>
  cookie(name: string): string | undefined
  /** The attributes a cookie was last set with. */
  attributes(name: string): string | undefined
  /** All cookies, to put back later with `restore`. */
  keep(): readonly Jar[]
  restore(jar: readonly Jar[]): void
}

const MOST_STEPS = 12

/** `site`: the public address without trailing slash; `at`: where the server listens. */
export function makeWalker(site: string, at: string): Walker {
  let jar: Jar[] = []
  const step = async (address: string, fields?: Fields, headers: Fields = {}): Promise<Page> => {
    const url = new URL(address, site)
    if (url.origin !== site) throw new Error(`left the site: ${url.href}`)
    const cookie = jar.filter((one) => reaches(one.path, url.pathname)).map((one) => `${one.name}=${one.value}`)
    const answer = await fetch(at + url.pathname + url.search, {
      method: fields ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        cookie: cookie.join('; '),
        ...(fields ? { origin: site, 'sec-fetch-site': 'same-origin' } : {}),
        ...headers,
      },
      ...(fields ? { body: new URLSearchParams(fields) } : {}),
    })
    for (const line of answer.headers.getSetCookie()) jar = kept(jar, line, url.pathname)
    return { status: answer.status, body: await answer.text(), headers: answer.headers, address: url, way: [url.href] }
  }
  const walk = async (address: string, fields?: Fields): Promise<Page> => {
    let page = await step(address, fields)
    const way = [page.address.href]
    while (page.status >= 300 && page.status < 400) {
      if (way.length > MOST_STEPS) throw new Error(`goes in circles: ${way.join(' → ')}`)
      const next = new URL(page.headers.get('location') ?? '', page.address)
      way.push(next.href)
      page = await step(next.href)
    }
    return { ...page, way }
  }
  return {
    get: (address) => walk(address),
    post: (address, fields) => walk(address, fields ?? {}),
    step,
    cookie: (name) => jar.find((one) => one.name === name)?.value,
    attributes: (name) => jar.find((one) => one.name === name)?.attributes,
    keep: () => [...jar],
    restore: (kept) => {
      jar = [...kept]
    },
  }
}

function reaches(path: string, pathname: string): boolean {
  return path === '/' || pathname === path || pathname.startsWith(`${path}/`)
}

/** The jar after one Set-Cookie line. */
function kept(jar: readonly Jar[], line: string, pathname: string): Jar[] {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim())
  const attributes = rest.join('; ')
  const name = pair.slice(0, pair.indexOf('='))
  const path = /path=([^;]*)/i.exec(attributes)?.[1] ?? pathname
  const others = jar.filter((one) => one.name !== name || one.path !== path)
  const over = /max-age=0(?:;|$)|expires=Thu, 01 Jan 1970/i.test(attributes)
  return over ? others : [...others, { name, value: pair.slice(pair.indexOf('=') + 1), path, attributes }]
}
