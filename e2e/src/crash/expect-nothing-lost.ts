import { expect } from 'vitest'
import type { QuestlogProcess } from '../harness/questlog-process.ts'
import { type Device, makeFreshDevice, titles } from './devices.ts'

/**
 * Checks a restarted server: a device that starts empty sees every acknowledged edit; then the
 * devices reconnect, hand over what was never acknowledged, and all replicas are equal.
 */
export async function expectNothingLost(
  server: QuestlogProcess,
  devices: readonly Device[],
  written: ReadonlyMap<Device, readonly string[]>,
): Promise<void> {
  for (const [document, group] of Map.groupBy(devices, ({ account }) => account.document)) {
    const first = group[0]
    if (!first) throw new Error(`no device of ${document}`)
    const acknowledged = group.flatMap(({ wire }) => [...wire.acknowledged])
    const fresh = await makeFreshDevice(server, first.account)
    expect(titles(fresh)).toEqual(expect.arrayContaining(acknowledged))

    for (const device of group) {
      await device.wire.connect()
      await device.wire.settled()
    }
    const everything = group.flatMap((device) => written.get(device) ?? []).sort()
    const last = await makeFreshDevice(server, first.account)
    for (const device of [...group, fresh]) {
      await device.wire.sees(everything.length, () => titles(device).length)
      expect(titles(device)).toEqual(everything)
    }
    expect(titles(last)).toEqual(everything)
    for (const device of [...group, fresh, last]) device.wire.disconnect()
  }
}
