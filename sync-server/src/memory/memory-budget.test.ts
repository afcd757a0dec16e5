import { expect, test } from 'vitest'
import { createMemoryBudget, type Holding, type MemoryBudget } from './memory-budget.ts'

interface Thing {
  readonly holding: Holding
  use: 'idle' | 'busy' | 'fixed'
}

/** Puts something into memory and notes under its name when it is given up. */
function placer(memory: MemoryBudget) {
  const gone: string[] = []
  const place = (name: string, payer: string, bytes: number, use: Thing['use']): Thing => {
    const holding = memory.reserve(payer, bytes)
    if (holding === null) throw new Error(`no room for ${name}`)
    const thing: Thing = { holding, use }
    holding.offer({
      use: () => thing.use,
      giveUp: () => {
        gone.push(name)
        holding.release()
      },
    })
    return thing
  }
  return { gone, place }
}

test('what is being loaded counts before it is there', () => {
  const memory = createMemoryBudget({ totalBytes: 100 })
  const answers = Array.from({ length: 32 }, () => memory.reserve('ann', 30) !== null)
  expect(answers.filter(Boolean)).toHaveLength(3)
  expect(memory.usedBytes).toBe(90)
})

test('what turns out larger while it is loaded is refused the rest, and leaves no bytes behind', () => {
  const memory = createMemoryBudget({ totalBytes: 100 })
  memory.reserve('ann', 60)
  const holding = memory.reserve('ben', 10)
  expect([holding?.extend(20), holding?.extend(20), memory.usedBytes]).toEqual([true, false, 90])
  holding?.release()
  expect(memory.usedBytes).toBe(60)
})

test('idle things of the one who holds most go first, the longest held before the others', () => {
  const memory = createMemoryBudget({ totalBytes: 100 })
  const { gone, place } = placer(memory)
  place('ben 1', 'ben', 20, 'idle')
  for (const name of ['ann 1', 'ann 2', 'ann 3']) place(name, 'ann', 25, 'idle')
  place('cyd 1', 'cyd', 30, 'busy')
  expect(gone).toEqual(['ann 1'])
  place('cyd 2', 'cyd', 40, 'busy')
  expect(gone).toEqual(['ann 1', 'ann 2', 'ann 3'])
})

test('somebody within a share gets what the one who holds most has in use', () => {
  const memory = createMemoryBudget({ totalBytes: 100 })
  const { gone, place } = placer(memory)
  for (const name of ['hog 1', 'hog 2', 'hog 3', 'hog 4', 'hog 5']) place(name, 'hog', 20, 'busy')
  place('ann', 'ann', 15, 'busy')
  place('ben', 'ben', 30, 'busy')
  expect(gone).toHaveLength(3)
  expect(memory.usedBytes).toBe(85)
})

test('nobody within a share loses what is in use, and nobody gets beyond one by it', () => {
  const memory = createMemoryBudget({ totalBytes: 100 })
  const { gone, place } = placer(memory)
  place('ann', 'ann', 45, 'busy')
  place('ben 1', 'ben', 35, 'busy')
  expect(memory.reserve('ben', 25)).toBeNull()
  // The one who had to give way cannot take it back from the one who holds less.
  place('cyd', 'cyd', 20, 'busy')
  expect(memory.reserve('ann', 10)).toBeNull()
  expect(gone).toEqual([])
})

test('what nobody can give up at this moment stays', () => {
  const memory = createMemoryBudget({ totalBytes: 100 })
  const { gone, place } = placer(memory)
  const committing = place('hog', 'hog', 90, 'fixed')
  expect(memory.reserve('ann', 20)).toBeNull()
  committing.use = 'idle'
  expect(memory.reserve('ann', 20)).not.toBeNull()
  expect(gone).toEqual(['hog'])
})

test('one thing larger than the budget is let in alone, and nothing beside it but in its place', () => {
  const memory = createMemoryBudget({ totalBytes: 100 })
  const { gone, place } = placer(memory)
  const large = place('large', 'ann', 150, 'busy')
  expect(memory.reserve('ann', 10)).toBeNull()
  large.use = 'idle'
  place('small', 'ben', 10, 'busy')
  expect(gone).toEqual(['large'])
})

test('what grows beyond the budget takes the room of idle ones, then of the one who holds most', async () => {
  const memory = createMemoryBudget({ totalBytes: 100 })
  const { gone, place } = placer(memory)
  place('idle', 'ben', 10, 'idle')
  place('ann', 'ann', 20, 'busy')
  const growing = place('hog 1', 'hog', 30, 'busy')
  place('hog 2', 'hog', 35, 'busy')
  growing.holding.grow(12)
  await new Promise((resolve) => setImmediate(resolve))
  expect(gone).toEqual(['idle'])
  growing.holding.grow(10)
  await new Promise((resolve) => setImmediate(resolve))
  expect(gone).toEqual(['idle', 'hog 1'])
})
