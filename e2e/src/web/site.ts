import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { type LaunchedBrowser, launchBrowser } from '../browser.ts'
import { leaveToEndOfRun } from '../harness/companions.ts'
import {
  type DataDirectory,
  freePort,
  makeDataDirectory,
  type QuestlogProcess,
  startQuestlog,
} from '../harness/questlog-process.ts'
import { type Device, type DeviceOptions, openDevice } from './device.ts'
import { type ServerDatabase, serverDatabaseIn } from './server-database.ts'

type Environment = Readonly<Record<string, string>>

/** A running Questlog with a browser beside it. */
export interface Site {
  readonly url: string
  /** What pages complained of since the last time: script errors, console errors, breaches of the content policy. */
  takeFaults(): string[]
  /** A new device of nobody: no log, no account. It is closed when the test is over. */
  openDevice(options?: DeviceOptions): Promise<Device>
  /** Ends the server at once, as a power cut would. */
  killServer(): Promise<void>
  /**
   * Starts the server unless it runs; `environment` counts for this start only. Open pages hear that the network is
   * back, and try it at once.
   */
  startServer(environment?: Environment): Promise<void>
  /** Starts the server as after a crash of its own: pages hear of nothing, and find it at their next try. */
  startServerUnheard(): Promise<void>
  /** Starts the server again on an empty database, as after a disk was lost. */
  replaceDatabase(): Promise<void>
  readonly database: ServerDatabase
  close(): Promise<void>
}

/** A server as it is without settings, with the data of the files of tests before. */
interface SpareServer {
  readonly server: QuestlogProcess
  readonly dataDirectory: DataDirectory
  readonly port: number
}

// Starting the two takes longer than most tests do: this worker's next file finds what the last one left.
let spareServer: SpareServer | null = null
let spareBrowser: LaunchedBrowser | null = null

/**
 * Opens the real server, and a Chromium. `settings` tells a server of its own more, for its every start; without them
 * there may be other people's data. The browser knows the server under `host`, and under every name that ends in
 * `.test`: by plain http that is no secure context.
 */
export async function openSite(
  settings?: (port: number) => Environment | Promise<Environment>,
  host = '127.0.0.1',
): Promise<Site> {
  const spare = settings === undefined ? spareServer : null
  if (spare !== null) spareServer = null
  const [dataDirectory, port] = spare
    ? [spare.dataDirectory, spare.port]
    : [await makeDataDirectory(), await freePort()]
  const always = (await settings?.(port)) ?? {}
  let isAsAlways = true
  const start = (environment: Environment = {}) =>
    startQuestlog({
      dataDirectory: dataDirectory.path,
      port,
      // One address makes more accounts here than anybody would in a minute.
      environment: {
        AUTH_REQUESTS_PER_MINUTE: '1000',
        LOGIN_ATTEMPTS_PER_MINUTE: '1000',
        RATE_LIMIT_ANONYMOUS_PER_HOUR: '100000',
        RATE_LIMIT_BURST: '100000',
        ...always,
        ...environment,
      },
    })
  const openBrowser = async () => {
    const kept = spareBrowser
    spareBrowser = null
    return kept ?? (await launchBrowser({ args: ['--host-resolver-rules=MAP *.test 127.0.0.1'] }))
  }
  const [started, browser] = await Promise.all([spare?.server ?? start(), openBrowser()])
  let server: Promise<QuestlogProcess> | null = Promise.resolve(started)
  const url = `http://${host}:${port}`
  let faults: string[] = []
  const run = (environment?: Environment) => {
    const starting = start(environment)
    // One that did not start may be started again.
    starting.catch(() => {
      server = null
    })
    server = starting
    isAsAlways = environment === undefined
    return starting
  }
  return {
    url,
    takeFaults() {
      const taken = faults
      faults = []
      return taken
    },
    async openDevice(options) {
      const device = await openDevice(browser.browser, url, (fault) => faults.push(fault), options)
      onTestFinished(() => device.close())
      return device
    },
    async killServer() {
      await (await server)?.kill()
      server = null
    },
    async startServer(environment) {
      if (server !== null) return void (await server)
      await run(environment)
      await Promise.all(browser.browser.contexts().flatMap((context) => context.pages().map(tellOfNetwork)))
    },
    async startServerUnheard() {
      await (server ?? run())
    },
    async replaceDatabase() {
      await (await server)?.stop()
      await dataDirectory.empty()
      await run()
    },
    database: serverDatabaseIn(dataDirectory.path),
    async close() {
      if (spareBrowser === null) {
        spareBrowser = browser
        leaveToEndOfRun({ pid: browser.pid, directory: browser.profileDirectory })
      } else await browser.close()
      // A killed server leaves its database running; only a started one stops it.
      const running = await (server ?? run())
      if (settings === undefined && isAsAlways && spareServer === null) {
        spareServer = { server: running, dataDirectory, port }
        leaveToEndOfRun({ pid: running.pid, directory: dataDirectory.path })
      } else {
        await running.stop()
        await dataDirectory.remove()
      }
    },
  }
}

/** As the browser does once there is a network again; a device that is kept offline has none. */
async function tellOfNetwork(page: Page): Promise<void> {
  // A function that is waited for outlives a page that is being loaded.
  await page.waitForFunction(() => !navigator.onLine || dispatchEvent(new Event('online')), undefined, { polling: 100 })
}
