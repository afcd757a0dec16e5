/** Edits of an old epoch cannot be carried over now: the server cannot be asked, or has not sent the new document yet. */
export class MoveDelayed extends Error {
  constructor(cause: unknown) {
    super('The log cannot move to its new document yet', { cause })
    this.name = 'MoveDelayed'
  }
}
