import { expect, test } from 'vitest'
import { createMemoryBudget } from '../../memory/memory-budget.ts'
import { createReplicas, type Resident } from './replicas.ts'

interface Counted extends Resident {
  isDestroyed: boolean
}

const memory = createMemoryBudget({ totalBytes: 1_000 })

function resident(): Counted {
  const made = {
    isDestroyed: false,
    destroy() {
      made.isDestroyed = true
    },
  }
  return made
}

const put = async (replicas: ReturnType<typeof createReplicas<Counted>>, id: string, bytes = 10): Promise<Counted> =>
  replicas.use([id], async ([slot]) => {
    if (slot === undefined) throw new Error('no slot')
    slot.holding ??= memory.reserve('ann', bytes)
    slot.resident ??= resident()
    return slot.resident
  })

test('one caller at a time has a slot, in the order of asking', async () => {
  const replicas = createReplicas<Counted>({ replicaBytes: 100 })
  const steps: string[] = []
  const use = (name: string, ...ids: string[]) =>
    replicas.use(ids, async () => {
      steps.push(`${name} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      steps.push(`${name} ends`)
    })
  await Promise.all([use('first', 'a', 'b'), use('second', 'b', 'a'), use('third', 'a')])
  expect(steps).toEqual(['first begins', 'first ends', 'second begins', 'second ends', 'third begins', 'third ends'])
})

test('of what exceeds the budget the longest unused goes', async () => {
  const replicas = createReplicas<Counted>({ replicaBytes: 25 })
  const [a, b] = [await put(replicas, 'a'), await put(replicas, 'b')]
  await put(replicas, 'a')
  const c = await put(replicas, 'c')
  expect([a, b, c].map(({ isDestroyed }) => isDestroyed)).toEqual([false, true, false])
  expect(replicas.heapBytes).toBe(20)
})

test('what is in use stays, whatever it weighs', async () => {
  const replicas = createReplicas<Counted>({ replicaBytes: 5 })
  await replicas.use(['a'], async ([slot]) => {
    if (slot === undefined) throw new Error('no slot')
    slot.resident = resident()
    await put(replicas, 'b')
    expect(slot.resident.isDestroyed).toBe(false)
  })
  expect(replicas.heapBytes).toBe(0)
})

test('work that fails takes its residents along, and lets the next one in', async () => {
  const replicas = createReplicas<Counted>({ replicaBytes: 100 })
  const before = await put(replicas, 'a')
  await expect(replicas.use(['a'], () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  const after = await put(replicas, 'a')
  expect([before.isDestroyed, after.isDestroyed]).toEqual([true, false])
})

test('closing waits for what is under way and empties all slots', async () => {
  const replicas = createReplicas<Counted>({ replicaBytes: 100 })
  const kept = await put(replicas, 'a')
  let isDone = false
  const work = replicas.use(['a'], async () => {
    await new Promise((resolve) => setImmediate(resolve))
    isDone = true
  })
  await replicas.close()
  expect([isDone, kept.isDestroyed]).toEqual([true, true])
  await work
})
