import { isIP } from 'node:net'
import { isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { readEmail } from '../auth/email-spelling.ts'
import { oidcProviders } from '../auth/oidc/provider-settings.ts'
import { FAULT_POINTS } from '../process/fault-point.ts'

const repositoryRoot = resolve(import.meta.dirname, '../../..')

const port = wholeNumber(0, 65_535)
const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

/** Text of digits as a whole number within bounds. */
function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
}

/** `https://quests.example.org`, with or without a final slash; answers it as browsers spell an origin. */
const origin = z.string().transform((value, context) => {
  const url = URL.parse(value.trim())
  if (url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin
  context.addIssue({ code: 'custom', message: 'must be an http or https address without a path' })
  return z.NEVER
})

const databaseUrl = z.string().regex(/^postgres(ql)?:\/\/\S+$/, 'must start with postgres://')

const secretKey = z
  .string()
  .transform((value) => Buffer.from(value, 'base64'))
  .refine((key) => key.length === 32, 'must be 32 bytes in base64 (openssl rand -base64 32)')

/** `2026:<32 bytes in base64>,2025:<…>`: the first one seals, all open. */
const documentKeys = z.string().transform((value, context) => {
  const keys = value.split(',').map((item) => {
    const [, id = '', secret = ''] = /^([\w-]{1,40}):([\w+/=-]+)$/.exec(item.trim()) ?? []
    return { id, secret: Buffer.from(secret, 'base64') }
  })
  const ids = new Set(keys.map((key) => key.id))
  if (ids.size === keys.length && !ids.has('') && keys.every((key) => key.secret.length === 32)) return keys
  context.addIssue({ code: 'custom', message: 'must be a comma list of name:key, each key 32 bytes in base64' })
  return z.NEVER
})

const PROXY_RANGES = new Set(['loopback', 'linklocal', 'uniquelocal'])

/** `false`, `true`, a number of proxies, or a comma list of their addresses and networks, as Fastify takes it. */
const trustProxy = z.string().transform((value, context): boolean | number | string => {
  if (value === 'true' || value === 'false') return value === 'true'
  if (/^\d{1,2}$/.test(value)) return Number(value)
  if (value.split(',').every((part) => isNetwork(part.trim()))) return value
  context.addIssue({ code: 'custom', message: 'must be true, false, a number, or a comma list of addresses' })
  return z.NEVER
})

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  if (bits === undefined) return PROXY_RANGES.has(address) || isIP(address) > 0
  return (
    more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 6 ? 128 : 32) && isIP(address) > 0
  )
}

const origins = z
  .string()
  .transform((value) => value.split(','))
  .pipe(z.array(origin))

/** A comma list of addresses, in the spelling accounts are stored in. */
const emails = z.string().transform((value, context) => {
  const known = value.split(',').map(readEmail)
  const addresses = known.filter((email) => email !== null)
  if (addresses.length === known.length) return addresses
  context.addIssue({ code: 'custom', message: 'must be a comma list of e-mail addresses' })
  return z.NEVER
})

/** An address, or a name with an address in angle brackets. */
const mailbox = z.string().refine((value) => {
  const address = /^[^<>\p{Cc}]*<([^<>]+)>$/u.exec(value)?.[1] ?? value
  return readEmail(address) !== null
}, 'must be an e-mail address, or a name with one: Questlog <quests@example.org>')

const MIB = 1024 * 1024

/** Every environment variable the server reads, by name; an empty value counts as unset. See docs/configuration.md. */
export const variables = z
  .object({
    NODE_ENV: z.string().default('development'),
    PORT: port.default(4000),
    HOST: z.string().default('0.0.0.0'),
    PUBLIC_URL: origin.optional(),
    TRUST_PROXY: trustProxy.optional(),
    TLS_CERT_FILE: z.string().optional(),
    TLS_KEY_FILE: z.string().optional(),
    ALLOWED_ORIGINS: origins.optional(),
    DATABASE_URL: databaseUrl.optional(),
    DATABASE_POOL_SIZE: wholeNumber(4, 500).default(20),
    QUESTLOG_DATA_DIR: z
      .string()
      .default('.questlog')
      .transform((path) => (isAbsolute(path) ? path : join(repositoryRoot, path))),
    QUESTLOG_SECRET_KEY: secretKey.optional(),
    DOCUMENT_KEYS: documentKeys.default([]),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
    REGISTRATION: z.enum(['open', 'closed']).default('open'),
    ACCESS_TOKEN_MINUTES: wholeNumber(1, 60).default(15),
    REFRESH_TOKEN_DAYS: wholeNumber(1, 400).default(60),
    REFRESH_GRACE_SECONDS: wholeNumber(0, 120).default(30),
    SIGNING_KEY_DAYS: wholeNumber(1, 365).default(30),
    ADMIN_EMAILS: emails.default([]),
    OIDC_PROVIDERS: oidcProviders.default([]),
    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\/\S+$/, 'must start with smtp:// or smtps://')
      .optional(),
    MAIL_FROM: mailbox.optional(),
    AUTH_REQUESTS_PER_MINUTE: wholeNumber(1, 1_000_000).default(60),
    LOGIN_ATTEMPTS_PER_MINUTE: wholeNumber(1, 1_000_000).default(10),
    LOGIN_FAILURES_BEFORE_DELAY: wholeNumber(1, 1_000_000).default(5),
    RATE_LIMIT_PER_HOUR: wholeNumber(1, 1_000_000_000).default(1_000),
    RATE_LIMIT_BURST: wholeNumber(1, 1_000_000_000).default(1_000),
    RATE_LIMIT_ANONYMOUS_PER_HOUR: wholeNumber(1, 1_000_000_000).default(500),
    REDIS_URL: z
      .string()
      .regex(/^(rediss?:\/\/|unix:\/\/|\/)\S+$/, 'must start with redis://, rediss:// or unix://')
      .optional(),
    CORS_ORIGINS: origins.default([]),
    MAX_BODY_BYTES: wholeNumber(1024, 64 * MIB).default(MIB),
    MAX_FRAME_BYTES: wholeNumber(64 * 1024, 256 * MIB).optional(),
    MAX_DOCUMENT_BYTES: wholeNumber(1024, 1024 * MIB).optional(),
    OPEN_DOCUMENT_MB: wholeNumber(16, 1_000_000).optional(),
    COMPACT_AFTER_UPDATES: wholeNumber(1, 1_000_000).optional(),
    REBASE_AFTER_CLIENT_IDS: wholeNumber(2, 500).optional(),
    LOG_RETENTION_DAYS: wholeNumber(0, 3650).default(30),
    SECURITY_EVENT_DAYS: wholeNumber(1, 3650).default(365),
    BUS: z.enum(['in-process', 'postgres']).optional(),
    METRICS: flag.default(true),
    SHUTDOWN_SECONDS: wholeNumber(1, 600).default(20),
    QUESTLOG_CRASH_AT: z.enum(FAULT_POINTS).optional(),
    QUESTLOG_CRASH_AFTER: wholeNumber(1, 1_000_000).default(1),
  })
  .superRefine((env, context) => {
    for (const [name, other] of [
      ['TLS_CERT_FILE', 'TLS_KEY_FILE'],
      ['TLS_KEY_FILE', 'TLS_CERT_FILE'],
    ] as const) {
      if (env[name] === undefined && env[other] !== undefined)
        context.addIssue({ code: 'custom', path: [name], message: `is needed with ${other}` })
    }
    if (env.SMTP_URL === undefined) return
    for (const name of ['MAIL_FROM', 'PUBLIC_URL'] as const) {
      if (env[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: 'is needed with SMTP_URL' })
    }
  })

export type Variables = z.infer<typeof variables>
