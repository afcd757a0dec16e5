import { onTestFinished } from 'vitest'
import { type LaunchedBrowser, launchBrowser } from '../browser.ts'
import { freePort, makeDataDirectory, type QuestlogProcess, startQuestlog } from '../harness/questlog-process.ts'
import { type Device, type DeviceOptions, openDevice } from './device.ts'
import { type ServerDatabase, serverDatabaseIn } from './server-database.ts'

type Environment = Readonly<Record<string, string>>

/** A running Questlog with a browser beside it. */
export interface Site {
  readonly url: string
  readonly browser: LaunchedBrowser
  /** What pages complained of since the last time: script errors, console errors, breaches of the content policy. */
  takeFaults(): string[]
  /** A new device of nobody: no log, no account. It is closed when the test is over. */
  openDevice(options?: DeviceOptions): Promise<Device>
  /** Ends the server at once, as a power cut would. */
  killServer(): Promise<void>
  /** Starts the server unless it runs; `environment` counts for this start only. */
  startServer(environment?: Environment): Promise<void>
  /** Starts the server again on an empty database, as after a disk was lost. */
  replaceDatabase(): Promise<void>
  readonly database: ServerDatabase
  close(): Promise<void>
}

/**
 * Starts the real server on an empty database, and a Chromium. `settings` tells the server more, for its every start.
 * The browser knows the server under `host`; a name other than this machine's is no secure context by plain http.
 */
export async function openSite(
  settings: (port: number) => Environment | Promise<Environment> = () => ({}),
  host = '127.0.0.1',
): Promise<Site> {
  const [dataDirectory, port] = [await makeDataDirectory(), await freePort()]
  const always = await settings(port)
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
  let server: QuestlogProcess | null = await start()
  const url = `http://${host}:${port}`
  const browser = await launchBrowser({ args: [`--host-resolver-rules=MAP ${host} 127.0.0.1`] })
  let faults: string[] = []
  return {
    url,
    browser,
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
      await server?.kill()
      server = null
    },
    async startServer(environment) {
      server ??= await start(environment)
    },
    async replaceDatabase() {
      await server?.stop()
      server = null
      await dataDirectory.empty()
      server = await start()
    },
    database: serverDatabaseIn(dataDirectory.path),
    async close() {
      await browser.close()
      // A killed server leaves its database running; only a started one stops it.
      server ??= await start()
      await server.stop()
      await dataDirectory.remove()
    },
  }
}
