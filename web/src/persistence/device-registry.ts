import { type DBSchema, openDB } from 'idb'
import { type DeviceState, deviceStateSchema, emptyDeviceState } from './device-state.ts'
import { localStoreFailureFrom } from './indexeddb-error.ts'

interface DeviceSchema extends DBSchema {
  device: { key: string; value: unknown }
}

const databaseName = 'questlog-device'
const stateKey = 'state'
const unreadableKey = 'unreadable'

/** What this device knows of its logs, the same in all tabs. */
export interface DeviceRegistry {
  state(): DeviceState
  /** Replaces the state by a pure function of it, atomically across tabs; on disk when resolved. */
  update(change: (state: DeviceState) => DeviceState): Promise<DeviceState>
  /** Calls back after each change, made here or in another tab; returns an unsubscribe. */
  onChange(listener: (state: DeviceState) => void): () => void
  close(): void
}

/**
 * Opens the registry; rejects with a `LocalStoreFailure` when the browser grants no storage. A state that cannot be
 * read is put aside, never overwritten, and an empty one takes its place: `documentsOnDevice` finds the logs again.
 */
export async function openDeviceRegistry(): Promise<DeviceRegistry> {
  const channel = new BroadcastChannel(databaseName)
  const listeners = new Set<(state: DeviceState) => void>()
  try {
    const database = await openDB<DeviceSchema>(databaseName, 1, {
      upgrade: (created) => void created.createObjectStore('device'),
      blocking: (_current, _wanted, event) => event.target instanceof IDBDatabase && event.target.close(),
    })
    let state = await transform((stored) => stored)

    async function transform(change: (stored: DeviceState) => DeviceState): Promise<DeviceState> {
      const transaction = database.transaction('device', 'readwrite', { durability: 'strict' })
      const { store } = transaction
      const stored = await store.get(stateKey)
      const parsed = deviceStateSchema.safeParse(stored ?? emptyDeviceState)
      if (!parsed.success) await store.put(stored, unreadableKey)
      const before = parsed.success ? parsed.data : emptyDeviceState
      const after = change(before)
      if (after !== before || !parsed.success) await store.put(after, stateKey)
      await transaction.done
      return after
    }

    function take(changed: DeviceState): void {
      state = changed
      for (const listener of listeners) listener(state)
    }

    // Read, not taken from the message: one that is late would bring an older state back.
    channel.onmessage = () => void transform((stored) => stored).then(take, ignoreClosed)

    return {
      state: () => state,
      async update(change) {
        try {
          const changed = await transform(change)
          channel.postMessage('changed')
          take(changed)
          return changed
        } catch (thrown) {
          throw localStoreFailureFrom(thrown)
        }
      },
      onChange(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      close() {
        channel.close()
        database.close()
      },
    }
  } catch (thrown) {
    channel.close()
    throw localStoreFailureFrom(thrown)
  }
}

/** A message may arrive as the registry closes; any other failure meets the next `update`, which reports it. */
function ignoreClosed(): void {}
