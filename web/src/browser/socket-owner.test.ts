import { afterEach, expect, test } from 'vitest'
import { holdSocket, isSocketFree } from './socket-owner.ts'

const releases: (() => void)[] = []
afterEach(() => {
  for (const release of releases.splice(0)) release()
})

let documents = 0
const nextName = () => `w:socket-${documents++}:1`

/** One tab, and what happened to it in order. */
function openTab(name: string) {
  const events: string[] = []
  const waiting = new Set<() => void>()
  const happened = (event: string) => {
    events.push(event)
    for (const check of waiting) check()
  }
  let publish: (status: unknown) => void = () => {}
  const release = holdSocket(
    name,
    {
      onOwned(say) {
        publish = say
        happened('owned')
        return () => happened('lost')
      },
      onStatus: (status) => happened(`told ${String(status)}`),
    },
    { pingEveryMs: 5, patience: 3 },
  )
  releases.push(release)
  return {
    events,
    release,
    publish: (status: unknown) => publish(status),
    until: (event: string) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (!events.includes(event)) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
  }
}

test('of several tabs one owns the socket, and the next one follows when it gives it up', async () => {
  const name = nextName()
  const [first, second] = [openTab(name), openTab(name)]
  await first.until('owned')
  expect(second.events).not.toContain('owned')
  first.release()
  await second.until('owned')
  expect(first.events).toEqual(['owned', 'lost'])
})

test('waiting tabs hear what the owner publishes, also those that open later', async () => {
  const name = nextName()
  const owner = openTab(name)
  await owner.until('owned')
  const early = openTab(name)
  owner.publish('saved')
  await early.until('told saved')
  const late = openTab(name)
  await late.until('told saved')
  expect(owner.events).toEqual(['owned'])
})

test('an owner that answers no ping is replaced', async () => {
  const name = nextName()
  const frozen = navigator.locks.request(`questlog/socket/${name}`, () => new Promise(() => {}))
  const next = openTab(name)
  await next.until('owned')
  await expect(frozen).rejects.toMatchObject({ name: 'AbortError' })
})

test('an owner from whom the lock was taken disconnects, and waits for the next turn', async () => {
  const name = nextName()
  const owner = openTab(name)
  await owner.until('owned')
  let giveBack = () => {}
  void navigator.locks.request(`questlog/socket/${name}`, { steal: true }, () => {
    return new Promise<void>((resolve) => {
      giveBack = resolve
    })
  })
  await owner.until('lost')
  owner.events.length = 0
  giveBack()
  await owner.until('owned')
})

test('an owner that answers is left alone, however long the others wait', async () => {
  const name = nextName()
  const owner = openTab(name)
  await owner.until('owned')
  owner.publish('saved')
  const other = openTab(name)
  for (let ping = 1; ping <= 12; ping++) {
    other.events.length = 0
    await other.until('told saved')
  }
  expect(owner.events).toEqual(['owned'])
})

test('a socket is free while no tab owns it', async () => {
  const name = nextName()
  expect(await isSocketFree(name)).toBe(true)
  const tab = openTab(name)
  await tab.until('owned')
  expect(await isSocketFree(name)).toBe(false)
  tab.release()
  await expect.poll(() => isSocketFree(name)).toBe(true)
})

test('a socket that this tab gave up is free as soon as it is asked for', async () => {
  const name = nextName()
  const tab = openTab(name)
  await tab.until('owned')
  expect(await isSocketFree(name)).toBe(false)
  tab.release()
  expect(await isSocketFree(name)).toBe(true)
})
