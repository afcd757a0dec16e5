import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { ProviderSettings } from '../auth/oidc/provider-settings.ts'
import type { RequestLimits } from '../http/rate-limits/limit-requests.ts'
import type { FaultPointName } from '../process/fault-point.ts'
import { type Variables, variables } from './variables.ts'

/** What the server was told from outside, parsed once. */
export interface Config {
  readonly port: number
  readonly host: string
  /** The address people use: the token issuer, and whether cookies are `Secure`. */
  readonly publicUrl: string | undefined
  /** Undefined where nobody has said: then no proxy is trusted. */
  readonly trustProxy: boolean | number | string | undefined
  /** PEM files; undefined speaks plain http, as behind a proxy. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined
  /** Origins that may open a socket; undefined accepts any, since the socket needs a token and no cookie. */
  readonly allowedOrigins: readonly string[] | undefined
  /** An outside PostgreSQL; undefined runs the embedded one. */
  readonly databaseUrl: string | undefined
  readonly databasePoolSize: number
  readonly dataDir: string
  readonly secretKey: Buffer | undefined
  /** Documents are sealed with the first and opened with any; none stores them plain. */
  readonly documentKeys: readonly { readonly id: string; readonly secret: Buffer }[]
  readonly logLevel: string
  readonly registration: 'open' | 'closed'
  readonly accessTokenMs: number
  readonly refreshTokenMs: number
  readonly refreshGraceMs: number
  readonly signingKeyMs: number
  /** Whose accounts look after the whole server. */
  readonly adminEmails: readonly string[]
  /** The OpenID providers people may sign in with. */
  readonly oidcProviders: readonly ProviderSettings[]
  /** The server that mails are handed to, and whom they come from; undefined sends none. */
  readonly mail: { readonly url: string; readonly from: string; readonly home: string } | undefined
  readonly authRequestsPerMinute: number
  readonly loginAttemptsPerMinute: number
  readonly loginFailuresBeforeDelay: number
  readonly requestLimits: RequestLimits
  /** Where servers count requests together; undefined counts in each process. */
  readonly redisUrl: string | undefined
  /** Origins whose pages may use the REST interface; others are kept out by their browsers. */
  readonly corsOrigins: readonly string[]
  readonly maxBodyBytes: number
  readonly maxFrameBytes: number | undefined
  readonly maxDocumentBytes: number | undefined
  readonly openDocumentBytes: number | undefined
  readonly compactAfterUpdates: number | undefined
  readonly rebaseClientIds: number | undefined
  readonly keepLogMs: number
  readonly keepSecurityEventsMs: number
  readonly bus: 'in-process' | 'postgres'
  readonly metrics: boolean
  readonly shutdownMs: number
  readonly crash: { readonly at: FaultPointName; readonly after: number } | undefined
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE

/**
 * Parses the environment. A failure is one text that names every wrong variable and never repeats a value,
 * since a value may be a secret.
 */
export function parseConfig(
  environment: Readonly<Record<string, string | undefined>>,
  options: { readonly terminal: boolean },
): Result<Config, string> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = variables.safeParse(set)
  if (parsed.success) return ok(configFrom(parsed.data, options))
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  return err(`Questlog cannot start: the environment is wrong.\n${lines.join('\n')}\nSee docs/configuration.md.`)
}

/** Reads what the process's environment says; nothing else does. */
export function readConfig(): Result<Config, string> {
  return parseConfig(process.env, { terminal: process.stdout.isTTY === true })
}

/** The environment of a program that is run from this one: the process's own, and more. */
export function environmentWith(more: Readonly<Record<string, string>>): Readonly<Record<string, string | undefined>> {
  return { ...process.env, ...more }
}

function configFrom(env: Variables, options: { readonly terminal: boolean }): Config {
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL,
    trustProxy: env.TRUST_PROXY,
    tls:
      env.TLS_CERT_FILE !== undefined && env.TLS_KEY_FILE !== undefined
        ? { certFile: env.TLS_CERT_FILE, keyFile: env.TLS_KEY_FILE }
        : undefined,
    allowedOrigins: env.ALLOWED_ORIGINS,
    databaseUrl: env.DATABASE_URL,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    dataDir: env.QUESTLOG_DATA_DIR,
    secretKey: env.QUESTLOG_SECRET_KEY,
    documentKeys: env.DOCUMENT_KEYS,
    logLevel: env.LOG_LEVEL ?? (options.terminal ? 'warn' : 'info'),
    registration: env.REGISTRATION,
    accessTokenMs: env.ACCESS_TOKEN_MINUTES * MINUTE,
    refreshTokenMs: env.REFRESH_TOKEN_DAYS * DAY,
    refreshGraceMs: env.REFRESH_GRACE_SECONDS * SECOND,
    signingKeyMs: env.SIGNING_KEY_DAYS * DAY,
    adminEmails: env.ADMIN_EMAILS,
    oidcProviders: env.OIDC_PROVIDERS,
    mail: mailOf(env),
    authRequestsPerMinute: env.AUTH_REQUESTS_PER_MINUTE,
    loginAttemptsPerMinute: env.LOGIN_ATTEMPTS_PER_MINUTE,
    loginFailuresBeforeDelay: env.LOGIN_FAILURES_BEFORE_DELAY,
    requestLimits: requestLimits(env),
    redisUrl: env.REDIS_URL,
    corsOrigins: env.CORS_ORIGINS,
    maxBodyBytes: env.MAX_BODY_BYTES,
    maxFrameBytes: env.MAX_FRAME_BYTES,
    maxDocumentBytes: env.MAX_DOCUMENT_BYTES,
    openDocumentBytes: env.OPEN_DOCUMENT_MB === undefined ? undefined : env.OPEN_DOCUMENT_MB * 1024 * 1024,
    compactAfterUpdates: env.COMPACT_AFTER_UPDATES,
    rebaseClientIds: env.REBASE_AFTER_CLIENT_IDS,
    keepLogMs: env.LOG_RETENTION_DAYS * DAY,
    keepSecurityEventsMs: env.SECURITY_EVENT_DAYS * DAY,
    // The embedded database has one server; any other may have more, which must hear of each other.
    bus: env.BUS ?? (env.DATABASE_URL === undefined ? 'in-process' : 'postgres'),
    metrics: env.METRICS,
    shutdownMs: env.SHUTDOWN_SECONDS * SECOND,
    crash:
      env.NODE_ENV === 'test' && env.QUESTLOG_CRASH_AT !== undefined
        ? { at: env.QUESTLOG_CRASH_AT, after: env.QUESTLOG_CRASH_AFTER }
        : undefined,
  }
}

function mailOf({ SMTP_URL: url, MAIL_FROM: from, PUBLIC_URL: home }: Variables): Config['mail'] {
  return url === undefined || from === undefined || home === undefined ? undefined : { url, from, home }
}

function requestLimits(env: Variables): RequestLimits {
  const anonymous = env.RATE_LIMIT_ANONYMOUS_PER_HOUR
  return {
    user: { name: 'user', perHour: env.RATE_LIMIT_PER_HOUR, burst: env.RATE_LIMIT_BURST },
    anonymous: { name: 'address', perHour: anonymous, burst: Math.min(env.RATE_LIMIT_BURST, anonymous) },
  }
}
