import { AsyncLocalStorage } from 'node:async_hooks'
import type { OpenLocalStore } from '@questlog/shared/client/ports/local-store'
import { platformTimers, type Timers } from '@questlog/shared/client/ports/timers'
import type { ConnectOptions } from '@questlog/shared/client/sync/connect-options'
import { TEST_REF } from '@questlog/shared/client/testing/devices'
import { openWorkspace } from '@questlog/shared/client/workspace/open-workspace'
import type { Workspace } from '@questlog/shared/client/workspace/workspace'

/** A tab in this process, with the real client in it, which can lose its connection and crash. */
export interface FailingTab {
  readonly workspace: Workspace
  /** Counts every change of the status. */
  changes(): number
  /** Runs what the tab does by itself. */
  act<Value>(what: () => Value): Value
  /** From now on it tells nobody anything but that it begins to write: it is about to crash. */
  mute(): void
  /** Drops its connection, if it has one. */
  cut(): void
  /** Releases everything. */
  leave(): Promise<void>
}

interface Voice {
  isMuted: boolean
}

const voices = new AsyncLocalStorage<Voice>()

/** Takes the place of the platform's class, so that a tab which is muted says nothing more to others. */
export class TabChannel extends BroadcastChannel {
  readonly #voice = voices.getStore()

  override postMessage(message: unknown): void {
    if (this.#voice?.isMuted && !isAnnouncement(message)) return
    super.postMessage(message)
  }
}

function isAnnouncement(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'writing'
}

const HEARTBEAT_MS = 10_000

/** Pauses between attempts are short here; heartbeats stay rare, or they would find what nobody told. */
const quickTimers: Timers = {
  after: (delayMs, callback) => platformTimers.after(delayMs === HEARTBEAT_MS ? delayMs : delayMs / 100, callback),
}

export interface FailingTabDeps {
  readonly documentName: string
  readonly openLocalStore: OpenLocalStore
  /** Connects; returns the way to stop. */
  readonly connect: (workspace: Workspace, options: ConnectOptions) => () => void
  readonly serverUrl: () => string
  /** Who is signed in. */
  readonly userId: string
  readonly now: () => number
  readonly random: () => number
}

/** Opens a tab, which connects at once. */
export async function openFailingTab(deps: FailingTabDeps): Promise<FailingTab> {
  const voice: Voice = { isMuted: false }
  const sockets = new Set<WebSocket>()
  class TabSocket extends WebSocket {
    constructor() {
      super(deps.serverUrl())
      sockets.add(this)
      this.addEventListener('close', () => sockets.delete(this))
    }

    override send(bytes: Uint8Array<ArrayBuffer>): void {
      if (!voice.isMuted) super.send(bytes)
    }
  }
  const act = <Value>(what: () => Value): Value => voices.run(voice, what)
  return act(async () => {
    const { documentName, openLocalStore, now, random } = deps
    const workspace = await openWorkspace(
      { openLocalStore, now, random, timers: quickTimers, timeZone: () => 'Europe/Berlin', userId: () => null },
      { ...TEST_REF, documentName },
    )
    let changes = 0
    workspace.state.subscribe(({ sync }, before) => {
      if (sync !== before.sync) changes += 1
    })
    const options = {
      url: 'ws://the-server/sync',
      token: async () => deps.userId,
      WebSocketPolyfill: TabSocket as never,
    }
    const disconnect = deps.connect(workspace, options)
    return {
      workspace,
      changes: () => changes,
      act,
      mute() {
        voice.isMuted = true
      },
      cut() {
        for (const socket of [...sockets]) socket.close()
      },
      async leave() {
        disconnect()
        // A disk that is full says so here; what it refused was never called kept.
        await workspace.close().catch(() => undefined)
      },
    }
  })
}
