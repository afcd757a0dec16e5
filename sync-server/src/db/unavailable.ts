const connectionErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'])

/** Whether a query failed because the database is away, not because of what was asked. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  // Class 08: connection exception; 57P01–57P03: shutting down, crashed, starting; 53300: too many connections;
  // 55000: the database accepts no connections at present.
  if (connectionErrors.has(code) || /^(08...|57P0[123]|53300|55000)$/.test(code)) return true
  // pg gives these no code.
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    error.message,
  )
}
