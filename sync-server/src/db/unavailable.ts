const connectionErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'])

/**
 * Class 08: connection exception; class 53: disk or memory full, too many connections; class 57P: shutting down,
 * crashed, starting, database dropped, idle too long; 25006: read-only, as a standby or a full managed database is;
 * 55000: the database accepts no connections at present; 58030: its disk fails.
 */
const outages = /^(08...|53...|57P..|25006|55000|58030)$/

/** Whether a query failed because the database is away, not because of what was asked. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (connectionErrors.has(code) || outages.test(code)) return true
  // pg gives these no code.
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    error.message,
  )
}
