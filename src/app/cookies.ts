// The cookies of pages as a browser knows them. Under https each is called `__Host-…`: neither another host of the domain nor
// a plain connection can set one of that name. Rooms know their cookies by their own names alone. Those of SOE/WEB are its own.
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Cookie } from '#shared/web/site.ts'

const PREFIX = '__Host-'

const isSecure = (url: string) => url.startsWith('https:')

/** Reads cookies for every request; `url` is the public address. To be called after the plug-in that parses them. */
export function readOwnCookies(app: FastifyInstance, url: string): void {
  if (!isSecure(url)) return
  app.addHook('onRequest', async (request) => {
    const own = Object.entries(request.cookies).filter(([name]) => name.startsWith(PREFIX))
    request.cookies = Object.fromEntries(own.map(([name, value]) => [name.slice(PREFIX.length), value]))
  })
}

/** Sets a cookie with an answer, or ends it; `url` is the public address. */
export function setCookie(reply: FastifyReply, cookie: Cookie, url: string): void {
  const secure = isSecure(url)
  const name = secure ? PREFIX + cookie.name : cookie.name
  const options = { path: '/', httpOnly: !cookie.readable, sameSite: 'lax' as const, secure }
  if (cookie.value === '') reply.clearCookie(name, options)
  else {
    const maxAge = cookie.maxAgeSeconds === undefined ? {} : { maxAge: cookie.maxAgeSeconds }
    reply.setCookie(name, cookie.value, { ...options, ...maxAge })
  }
}
