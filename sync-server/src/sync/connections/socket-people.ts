import type { SyncLimits } from '../limits/sync-limits.ts'
import { refused } from '../refusals/refusal.ts'
import { type SocketSession, socketClose } from './socket-session.ts'

/** Whose the sockets are: bounds how many one person has, and one address before anybody has signed in. */
export interface SocketPeople {
  enter(session: SocketSession, address: string): void
  leave(session: SocketSession): void
  /** False where the person has as many sockets as are allowed. */
  readonly signIn: (session: SocketSession, userId: string) => boolean
  /** Whether a person may open one more document. */
  readonly mayOpen: (userId: string) => boolean
}

type Limits = Pick<SyncLimits, 'userSockets' | 'userDocuments' | 'addressSockets'>

/**
 * Of too many sockets of one address the oldest that says nothing makes room: many people may share an address, and all
 * of them show their tokens at once.
 */
export function createSocketPeople(limits: Limits): SocketPeople {
  const strangers = new Map<string, Set<SocketSession>>()
  const people = new Map<string, Set<SocketSession>>()
  const placeOf = new Map<SocketSession, { readonly map: Map<string, Set<SocketSession>>; readonly key: string }>()

  const leave = (session: SocketSession): void => {
    const place = placeOf.get(session)
    if (place === undefined) return
    placeOf.delete(session)
    const others = place.map.get(place.key)
    others?.delete(session)
    if (others?.size === 0) place.map.delete(place.key)
  }

  const put = (map: Map<string, Set<SocketSession>>, key: string, session: SocketSession): Set<SocketSession> => {
    leave(session)
    const all = map.get(key) ?? new Set()
    map.set(key, all.add(session))
    placeOf.set(session, { map, key })
    return all
  }

  return {
    enter(session, address) {
      const all = put(strangers, address, session)
      if (all.size <= limits.addressSockets) return
      const [oldest = session] = all
      const victim = [...all].find(({ hasSpoken }) => !hasSpoken) ?? oldest
      leave(victim)
      victim.end(refused('rate-limited'), socketClose.rateLimited)
    },
    leave,
    signIn: (session, userId) => put(people, userId, session).size <= limits.userSockets,
    mayOpen(userId) {
      let open = 0
      for (const { documents } of people.get(userId) ?? []) open += documents.size
      return open < limits.userDocuments
    },
  }
}
