import { expect, test } from 'vitest'
import { preloadParts } from './preload-parts.ts'

/** Fetches three parts, the first of which fails; how many were asked for before any had come, and in the end. */
async function countAsked(areOnDevice: boolean): Promise<readonly [number, number]> {
  let asked = 0
  let isHere = () => {}
  const answer = new Promise<void>((resolve) => {
    isHere = resolve
  })
  const load = async () => {
    asked += 1
    await answer
  }
  const lose = () => load().then(() => Promise.reject(new TypeError('Failed to fetch')))
  const fetched = preloadParts([lose, load, load], areOnDevice)
  const atFirst = asked
  isHere()
  await fetched
  return [atFirst, asked]
}

test('parts come from the server all at once, and from a service worker one after the other; a lost one keeps none away', async () => {
  expect([await countAsked(false), await countAsked(true)]).toEqual([
    [3, 3],
    [1, 3],
  ])
})
