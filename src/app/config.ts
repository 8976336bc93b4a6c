// The only reader of the environment (rule 5). Every setting of .env.example, checked at the start.
import { resolve } from 'node:path'
import { z } from 'zod'

const url = z.url()
const optionalUrl = url.optional()
const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  EPROD_URL: optionalUrl,
  EPROD_DATA: z.string().min(1).default('./var'),
  DATABASE_URL: optionalUrl,
  DATABASE_URL_WEB: optionalUrl,
  DATABASE_URL_STAFF: optionalUrl,
  DATABASE_URL_ENTRY: optionalUrl,
  DATABASE_URL_WORKER: optionalUrl,
  DATABASE_URL_SOE: optionalUrl,
  OIDC_ISSUER: optionalUrl,
  OIDC_CLIENT_ID: z.string().default('eprod'),
  OIDC_CLIENT_SECRET: z.string().optional(),
  SOE_SECOND_FACTOR: z.enum(['off', 'staff', 'all']).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\p{Cc}]{3,250}$/u)
    .optional(),
  S3_URL: z
    .url({ protocol: /^https?$/ })
    .refine((value) => {
      const { username, password, pathname } = new URL(value)
      return username !== '' && password !== '' && /^\/[^/]+\/?$/.test(pathname)
    }, 'https://key:secret@host/bucket')
    .optional(),
  CLAMD_URL: z
    .url({ protocol: /^(tcp|unix)$/ })
    .refine(
      (value) => /^(tcp:\/\/[^/:]+:\d+\/?|tcp:\/\/\[[^\]/]+\]:\d+\/?|unix:\/.+)$/.test(value),
      'tcp://host:port or unix:/path',
    )
    .optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  EPROD_DEMO: z.enum(['0', '1']).optional(),
})

export interface Config {
  readonly port: number
  /** Public address without a trailing slash. */
  readonly url: string
  /** Absolute path of the folder for everything EPROD keeps outside the database. */
  readonly data: string
  /** Owner's URL; undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined
  readonly roleUrls: {
    readonly web: string | undefined
    readonly staff: string | undefined
    readonly entry: string | undefined
    readonly worker: string | undefined
    readonly soe: string | undefined
  }
  /** A foreign provider; undefined: the embedded SOE/WEB. */
  readonly issuer: string | undefined
  readonly clientId: string
  readonly clientSecret: string | undefined
  /** Whose accounts must have a second factor at the embedded SOE/WEB. */
  readonly secondFactor: 'off' | 'staff' | 'all'
  /** Mail server; undefined: letters are kept in the demonstration, and wait otherwise. */
  readonly smtpUrl: string | undefined
  /** Sender of letters. */
  readonly mailFrom: string
  /** Bucket that keeps the files; undefined: the data folder. */
  readonly s3Url: string | undefined
  /** Virus scanner; undefined: files are opened without one, and marked so. */
  readonly clamdUrl: string | undefined
  readonly demo: boolean
  /** Bearer token of /metrics; undefined: only this machine may ask. */
  readonly metricsToken: string | undefined
}

/** Reads settings, or throws an Error with one line per wrong setting. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = schema.safeParse(given)
  if (!read.success) {
    throw new Error(read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
  }
  const value = read.data
  const demo = value.EPROD_DEMO ? value.EPROD_DEMO === '1' : !value.DATABASE_URL
  const address = (value.EPROD_URL ?? `http://localhost:${value.PORT}`).replace(/\/+$/, '')
  return {
    port: value.PORT,
    url: address,
    data: resolve(value.EPROD_DATA),
    databaseUrl: value.DATABASE_URL,
    roleUrls: {
      web: value.DATABASE_URL_WEB,
      staff: value.DATABASE_URL_STAFF,
      entry: value.DATABASE_URL_ENTRY,
      worker: value.DATABASE_URL_WORKER,
      soe: value.DATABASE_URL_SOE,
    },
    issuer: value.OIDC_ISSUER,
    clientId: value.OIDC_CLIENT_ID,
    clientSecret: value.OIDC_CLIENT_SECRET,
    secondFactor: value.SOE_SECOND_FACTOR ?? (demo ? 'off' : 'staff'),
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM ?? `EPROD <nao-responda@${new URL(address).hostname}>`,
    s3Url: value.S3_URL,
    clamdUrl: value.CLAMD_URL,
    metricsToken: value.METRICS_TOKEN,
    demo,
  }
}
