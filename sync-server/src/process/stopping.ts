/** Why work has ended before it was done: the server stops. Nothing of it is kept, and it can be done again; answered as 503. */
export class Stopping extends Error {
  override readonly name = 'Stopping'
  readonly statusCode = 503

  constructor() {
    super('the server is stopping')
  }
}
