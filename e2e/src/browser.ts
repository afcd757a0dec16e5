import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { chromiumExecutable } from './chromium-executable.ts'

/** One running Chromium. Its profile outlives `kill`, so that it can be launched on the same one again. */
export interface LaunchedBrowser {
  readonly pid: number
  readonly browser: Browser
  /** The profile's own context, whose data is on disk. `browser.newContext()` makes another device, in memory. */
  readonly context: BrowserContext
  readonly profileDirectory: string
  /** Ends every process of the browser at once, as a power cut would; what was handed to the disk stays. */
  kill(): Promise<void>
  /** Closes the browser and removes a profile that was made for it. */
  close(): Promise<void>
}

export interface LaunchOptions {
  /** A profile to use, kept at `close`; a new one otherwise. */
  readonly profileDirectory?: string
  readonly args?: readonly string[]
}

/** Launches Chromium headless, as root or as an ordinary user, and resolves when it can be driven. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<LaunchedBrowser> {
  const profileDirectory = options.profileDirectory ?? (await mkdtemp(join(tmpdir(), 'questlog-profile-')))
  const executable = await chromiumExecutable()
  const child = spawn(
    executable.path,
    [
      '--headless',
      '--no-sandbox',
      '--no-first-run',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--hide-scrollbars',
      '--remote-debugging-port=0',
      `--user-data-dir=${profileDirectory}`,
      ...(options.args ?? []),
      'about:blank',
    ],
    {
      // A process group of its own, so that `kill` reaches the renderers too.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        ...(executable.libraryPath === null ? {} : { LD_LIBRARY_PATH: executable.libraryPath }),
      },
    },
  )
  const ended = once(child, 'exit')
  const browser = await chromium.connectOverCDP(await debuggerAddress(child))
  const context = browser.contexts()[0]
  if (context === undefined) throw new Error('the browser has no context of its profile')

  async function kill(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      process.kill(-child.pid, 'SIGKILL')
      await ended
    }
  }

  return {
    pid: child.pid ?? 0,
    browser,
    context,
    profileDirectory,
    kill,
    async close() {
      if (browser.isConnected()) {
        const session = await browser.newBrowserCDPSession()
        // The answer may be lost with the connection; the exit is what counts.
        session.send('Browser.close').catch(() => {})
        await ended
      }
      await kill()
      if (options.profileDirectory === undefined) await rm(profileDirectory, { recursive: true, force: true })
    },
  }
}

function debuggerAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.stderr?.on('data', (chunk) => {
      output += String(chunk)
      const address = /DevTools listening on (ws:\S+)/.exec(output)?.[1]
      if (address !== undefined) resolve(address)
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`Chromium ended (${code ?? signal}):\n${output}`)))
  })
}
