import type { ScriptAccount } from '../harness/account.ts'
import { createQuest, type Device, makeDevice } from './devices.ts'

/** A device that follows its document to new epochs, with what it wrote. */
export interface MovingDevice {
  /** Labels of everything it wrote, and of what was acknowledged in any epoch. */
  readonly written: readonly string[]
  readonly acknowledged: ReadonlySet<string>
  /** Writes quests, one at a time, until the server is gone or so many are acknowledged. */
  write(count?: number): Promise<void>
  /** Connects to the current epoch and sends what it has; rejects when the server is gone. */
  connect(): Promise<void>
  /** Resolves when it next has moved to another epoch. */
  moved(): Promise<void>
  readonly device: Device
}

/** Opens nothing yet: call `connect`. */
export function makeMovingDevice(socketUrl: string, account: ScriptAccount, name: string): MovingDevice {
  let device = makeDevice(socketUrl, account)
  const written: string[] = []
  const acknowledged = new Set<string>()
  let moves = Promise.withResolvers<void>()

  const count = (): void => {
    for (const label of device.wire.acknowledged) acknowledged.add(label)
  }

  /** Takes everything along into the document of another epoch. */
  const move = async (epoch: string): Promise<void> => {
    const old = device
    count()
    const document = old.account.document.replace(/\d+$/, epoch)
    device = makeDevice(socketUrl, { ...account, document })
    // Before it connects: a server that dies meanwhile must not leave it without what the old one holds.
    device.quests.mergeFrom(old.wire.doc)
    await connect()
    moves.resolve()
    moves = Promise.withResolvers()
  }

  /** Whether it could go on after the server closed the document. */
  const follow = async (): Promise<boolean> => {
    const [, epoch] = /^refused:old-epoch:(\d+)$/.exec(device.wire.refusals.at(-1) ?? '') ?? []
    try {
      await (epoch === undefined ? connect() : move(epoch))
      return true
    } catch {
      return false
    }
  }

  const connect = async (): Promise<void> => {
    const before = device.wire.refusals.length
    try {
      await device.wire.connect()
    } catch (error) {
      if (device.wire.refusals.length === before || !(await follow())) throw error
    }
  }

  return {
    written,
    acknowledged,
    connect,
    moved: () => moves.promise,
    async write(most = Number.POSITIVE_INFINITY) {
      for (let n = 0; n < most; ) {
        const label = `${name} ${String(written.length).padStart(5, '0')}`
        written.push(label)
        createQuest(device, label)
        try {
          await device.wire.settled()
          n++
        } catch {
          if (!(await follow())) return
        }
        count()
      }
    },
    get device() {
      return device
    },
  }
}
