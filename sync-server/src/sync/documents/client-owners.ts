import type { Document } from '@hocuspocus/server'
import { parseDocumentName } from '@questlog/shared/protocol/documents'
import { MERGED_CLIENT, twinOf } from '@questlog/shared/store/note-stream'
import * as Y from 'yjs'
import type { UpdateLog } from '../../log/update-log.ts'
import { refused } from '../refusals/refusal.ts'

/** Who owns the client ids of one open document, as far as somebody asked; the log knows the rest (R31). */
export class ClientOwners {
  readonly #log: Pick<UpdateLog, 'owners'>
  readonly #doc: Document
  readonly #isFirstEpoch: boolean
  readonly #owners = new Map<number, string>()

  constructor(log: Pick<UpdateLog, 'owners'>, doc: Document) {
    this.#log = log
    this.#doc = doc
    this.#isFirstEpoch = parseDocumentName(doc.name)?.epoch === 1
  }

  /** Those of some ids that have no known owner. Throws if one belongs to somebody else, or can belong to no writer. */
  unclaimed(userId: string, clients: readonly number[]): readonly number[] {
    return clients.filter((client) => {
      // It would count as some writer's carried id.
      if (client >= 2 * MERGED_CLIENT) throw refused('malformed')
      const owner = this.#owners.get(client)
      if (owner !== undefined && owner !== userId) throw refused('foreign-client-id')
      return owner === undefined
    })
  }

  /**
   * Those that may have an owner as far as the document shows; the others have none, since the first write claims an
   * id.
   */
  inDoubt(clients: readonly number[]): readonly number[] {
    return clients.filter(
      // The log knows who owns an id that was carried from another document or that an earlier epoch knew.
      (client) =>
        client >= MERGED_CLIENT || !this.#isFirstEpoch || this.isWritten(client) || this.isWritten(twinOf(client)),
    )
  }

  /** Asks the log who owns some ids. */
  async ask(clients: readonly number[]): Promise<void> {
    const owners = await this.#log.owners(this.#doc.name, clients)
    for (const [client, owner] of owners) this.#owners.set(client, owner)
  }

  /** Notes what a commit claimed. */
  claimed(userId: string, clients: readonly number[]): void {
    for (const client of clients) this.#owners.set(client, userId)
  }

  /** Whether the document holds anything that was written under an id. */
  isWritten(client: number): boolean {
    return Y.getState(this.#doc.store, client) > 0
  }
}
