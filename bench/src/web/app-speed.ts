import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchBrowser } from '@questlog/e2e/src/browser.ts'
import type { BrowserContext } from 'playwright-core'
import { report } from '../measure/report.ts'
import { median } from '../measure/statistics.ts'
import { completeQuests, fillLog, install, openAndTime, type Painted } from './installed-app.ts'
import { builtApp, serve, withEmptyPage } from './pages.ts'

const QUESTS = 10_000
const SMALL_LOG = 50
const PAINT_ROUNDS = 7
const COMPLETIONS = 15

/** Opens the installed app without a network in a browser just started: from the navigation to the first quests on the screen. */
export async function benchFirstPaint(): Promise<void> {
  await withEmptyPage((directory) =>
    withProfile(async (profile) => {
      const app = await installSite(profile, builtApp, QUESTS)
      const empty = await installSite(profile, directory, 0)
      const ours: Painted[] = []
      const theirs: Painted[] = []
      for (let round = 0; round < PAINT_ROUNDS; round += 1) {
        ours.push(await inBrowser(profile, (context) => openAndTime(context, app, '[data-quest]')))
        theirs.push(await inBrowser(profile, (context) => openAndTime(context, empty, 'p')))
      }
      report({
        bench: 'web-paint: first quests of the installed app, offline',
        value: median(ours.map(({ wantedMs }) => wantedMs)),
        unit: 'ms',
        alternative: 'an empty React page',
        alternativeValue: median(theirs.map(({ wantedMs }) => wantedMs)),
        budget: { atMost: 800 },
        details: {
          quests: QUESTS,
          rounds: PAINT_ROUNDS,
          firstContentfulMs: median(ours.map(({ firstContentfulMs }) => firstContentfulMs)),
          alternativeFirstContentfulMs: median(theirs.map(({ firstContentfulMs }) => firstContentfulMs)),
        },
      })
    }),
  )
}

/** Completes quests in the Inbox, one after the other: the browser's script time for each, the write to the disk included. */
export async function benchComplete(): Promise<void> {
  const large = await timeCompletions(QUESTS)
  const small = await timeCompletions(SMALL_LOG)
  report({
    bench: 'web-complete: script time of completing a quest',
    value: median(large),
    unit: 'ms',
    alternative: `the same app with ${SMALL_LOG} quests`,
    alternativeValue: median(small),
    budget: { atMost: 16 },
    details: { quests: QUESTS, completions: COMPLETIONS },
  })
}

async function timeCompletions(quests: number): Promise<readonly number[]> {
  return withProfile(async (profile) => {
    const origin = await installSite(profile, builtApp, quests)
    return inBrowser(profile, async (context) => {
      const page = await context.newPage()
      await page.goto(origin)
      await page.waitForSelector('[data-quest]')
      // The first ones compile the code.
      await completeQuests(page, 5)
      return completeQuests(page, COMPLETIONS)
    })
  })
}

/** Installs a page, fills its log, and takes its server away for good. */
async function installSite(profile: string, directory: string, quests: number): Promise<string> {
  const site = await serve(directory)
  await inBrowser(profile, async (context) => {
    await install(context, site.origin)
    if (quests > 0) await fillLog(context, site.origin, quests)
  })
  await site.close()
  return site.origin
}

/** Gives the work a browser that was not running before. */
async function inBrowser<Value>(profile: string, work: (context: BrowserContext) => Promise<Value>): Promise<Value> {
  const launched = await launchBrowser({ profileDirectory: profile })
  try {
    return await work(launched.context)
  } finally {
    await launched.close()
  }
}

async function withProfile<Value>(work: (profile: string) => Promise<Value>): Promise<Value> {
  const profile = await mkdtemp(join(tmpdir(), 'questlog-bench-profile-'))
  try {
    return await work(profile)
  } finally {
    await rm(profile, { recursive: true, force: true })
  }
}
