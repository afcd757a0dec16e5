import type { WorkspaceRef } from '../workspace-ref.ts'
import type { DeviceLog, Person } from './device-log.ts'

/** Which account, if any, can take what a log of this device holds. */
export type LogStanding =
  /** It belongs to nobody's account. */
  | 'local'
  /** The signed-in person's, as far as this device knows. */
  | 'own'
  /** Once the signed-in person's; the server does not list it among theirs. */
  | 'unknown'
  /** An account's, and nobody is signed in. */
  | 'signed-out'
  /** An account's, and somebody else is signed in. */
  | 'another'

/** Goes by who is signed in, and by the workspaces that the server listed last; null while it has not. */
export function standingOf(
  { ref, owner }: Pick<DeviceLog, 'ref' | 'owner'>,
  person: Person | null,
  workspaces: readonly WorkspaceRef[] | null,
): LogStanding {
  if (owner === null) return 'local'
  if (person === null) return 'signed-out'
  if (owner.id !== person.id) return 'another'
  return workspaces === null || workspaces.some(({ id }) => id === ref.id) ? 'own' : 'unknown'
}

/**
 * Whether a log's owner is the person who is signed in, perhaps by an earlier account: a server whose database was
 * replaced knows the old one no longer, and an address belongs to one account at a time.
 */
export function isSamePerson(owner: Person, person: Person): boolean {
  return owner.id === person.id || owner.email.toLowerCase() === person.email.toLowerCase()
}
