/** The server cannot start for a reason its operator can act on; the message is shown without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
