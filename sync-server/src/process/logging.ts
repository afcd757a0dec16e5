import { type DestinationStream, type Logger, pino } from 'pino'

/** JSON lines on standard output. Errors keep their kind, text and stack; a driver's details may hold people's data. */
export function createLogger(level: string, output: DestinationStream = pino.destination(1)): Logger {
  const serializers = { err: describeError }
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers }, output)
}

function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: String(error) }
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && { code: error.code }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}
