import type { ValueType } from '../fields/field.ts'
import { instant, mapOf } from '../fields/value-types.ts'
import { storedId, type WorkspaceId } from '../kernel/ids.ts'

/** The app a quest was imported from, and its id there. */
export interface Source {
  readonly app: string
  readonly externalId: string
}

export const source: ValueType<'source', Source> = {
  name: 'source',
  read: (stored) => (isSource(stored) ? stored : undefined),
  store: (value) => ({ ...value }),
}

/** The workspaces a quest was in before, with when it left each. */
export const workspacesLeft = mapOf('workspacesLeft', { ...instant, keyOf: (key) => storedId<WorkspaceId>(key) })

function isSource(value: unknown): value is Source {
  return (
    typeof value === 'object' &&
    value !== null &&
    'app' in value &&
    typeof value.app === 'string' &&
    'externalId' in value &&
    typeof value.externalId === 'string'
  )
}
