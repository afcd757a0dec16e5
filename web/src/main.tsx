import { onOtherPerson } from '@questlog/shared/client/session/account-memory'
import { createRoot } from 'react-dom/client'
import { deviceMemory } from './browser/web-key-value.ts'
import { loadLanguage, provideTexts } from './i18n/translate.ts'
import { App } from './shell/App.tsx'
import { createWebSession } from './shell/create-web-session.ts'
import { texts } from './shell/texts/texts.ts'
import { startPreferences, usePreferences } from './theme/preferences.ts'
import { followHistory } from './ui/history-places.ts'
import { preloadParts } from './ui/preload-parts.ts'
import './theme/styles.css'

const session = createWebSession()

followHistory(session.windowMemory)
startPreferences(deviceMemory, document.documentElement)
provideTexts(texts)
// English stands in where the texts cannot be fetched.
await loadLanguage(usePreferences.getState().language).catch(() => undefined)
const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root element')
createRoot(root).render(<App session={session} />)
void session.start().then(() => {
  whenIdle(preloadParts)
  whenIdle(async () => sendWaitingFromNowOn())
  whenIdle(async () => {
    const { tellOfVolatileStorage } = await import('./features/sync/tell-of-volatile-storage.ts')
    await tellOfVolatileStorage({ session, memory: deviceMemory })
  })
})
onOtherPerson(deviceMemory, () => location.reload())

if (import.meta.env.PROD) {
  // After the first paint: keeping the shell for later must not slow this start.
  addEventListener('load', () => {
    keepForOffline().catch((cause: unknown) => console.warn('The app could not be kept for later.', cause))
  })
}

async function keepForOffline(): Promise<void> {
  const { registerServiceWorker } = await import('./pwa/register-service-worker.ts')
  await registerServiceWorker({ onUpdateReady: (applyUpdate) => session.state.setState({ applyUpdate }) })
}

function whenIdle(task: () => Promise<void>): void {
  const run = () => void task()
  if ('requestIdleCallback' in window) requestIdleCallback(run)
  else setTimeout(run, 1000)
}

/** A tab that had the log open may be gone since, or the network back. */
function sendWaitingFromNowOn(): void {
  session.sendWaiting()
  addEventListener('online', session.sendWaiting)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && session.sendWaiting())
}
