import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

/** One browser with storage of its own, as a person's laptop or phone is. */
export interface Device {
  readonly context: BrowserContext
  /** Opens a tab of the app, at a path of it. */
  openTab(path?: string): Promise<Page>
  close(): Promise<void>
}

export interface DeviceOptions
  extends Pick<
    BrowserContextOptions,
    'colorScheme' | 'locale' | 'viewport' | 'reducedMotion' | 'hasTouch' | 'serviceWorkers'
  > {
  /** Its person has not been told yet that the browser may throw the log away, as everybody is once. */
  readonly isNew?: boolean
}

declare global {
  interface Window {
    /** Lets the app be kept on the device. */
    keepShell(): void
  }
}

// A device that was without a server tries it again after half a minute at the latest.
const patienceMs = 45_000

/** Opens a device whose every tab reports what goes wrong in it. */
export async function openDevice(
  browser: Browser,
  url: string,
  report: (fault: string) => void,
  { isNew = false, ...options }: DeviceOptions = {},
): Promise<Device> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    ...options,
  })
  context.setDefaultTimeout(patienceMs)
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
    })
  })
  await context.addInitScript(keepShellWhenAsked)
  if (!isNew) {
    await context.addInitScript(() => {
      if (location.protocol.startsWith('http')) localStorage.setItem('questlog.storage-told', 'yes')
    })
  }
  context.on('page', (page) => {
    page.on('pageerror', (error) => report(`${error.stack ?? error.message}`))
    page.on('console', (message) => {
      const text = message.text()
      if (message.type() === 'error' && !isServerAway(text)) report(`${page.url()}: ${text}`)
    })
  })
  return {
    context,
    async openTab(path = '/') {
      const page = await context.newPage()
      await page.goto(url + path)
      return page
    },
    close: () => context.close(),
  }
}

/** To keep the app for starts without the network costs a device more than all else it does: few tests need it. */
function keepShellWhenAsked(): void {
  const workers = navigator.serviceWorker
  // There is none without a secure context.
  if (workers === undefined) return
  const asked = Promise.withResolvers<void>()
  window.keepShell = asked.resolve
  const register = workers.register.bind(workers)
  workers.register = async (...worker) => {
    if ((await workers.getRegistration()) === undefined) await asked.promise
    return register(...worker)
  }
}

/** The browser itself writes to the console that nothing answered; that is what these tests do to it. */
function isServerAway(text: string): boolean {
  return /net::ERR_(CONNECTION_|INTERNET_DISCONNECTED|EMPTY_RESPONSE|NETWORK_CHANGED)|WebSocket is closed before/.test(
    text,
  )
}
