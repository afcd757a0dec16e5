/** The server cannot start for a reason its operator can act on; the message is shown without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** The code of a system or database error, for a message to an operator. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error'
}
