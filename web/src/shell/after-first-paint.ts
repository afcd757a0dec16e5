import type { KeyValue } from '@questlog/shared/client/ports/key-value'
import type { Session } from '@questlog/shared/client/session/session'
import { whenIdle } from '../browser/when-idle.ts'
import { preloadParts } from '../ui/preload-parts.ts'

/** Once a log is on screen: fetches what may be needed next, sends what waits, and says what a person must know. */
export function workAfterFirstPaint(session: Session, memory: KeyValue): void {
  whenIdle(preloadParts)
  whenIdle(() => sendWaitingFromNowOn(session))
  whenIdle(async () => {
    const { tellOfVolatileStorage } = await import('../features/sync/tell-of-volatile-storage.ts')
    await tellOfVolatileStorage({ session, memory })
  })
}

/** Keeps the app's shell on this device, for starts without a network. Waits until the page has loaded. */
export function keepShell(session: Pick<Session, 'state'>): void {
  addEventListener('load', () => {
    const keep = async () => {
      const { registerServiceWorker } = await import('../pwa/register-service-worker.ts')
      await registerServiceWorker({ onUpdateReady: (applyUpdate) => session.state.setState({ applyUpdate }) })
    }
    keep().catch((cause: unknown) => console.warn('The app could not be kept for later.', cause))
  })
}

/** A tab that had the log open may be gone since, or the network back. */
function sendWaitingFromNowOn({ sendWaiting }: Session): void {
  sendWaiting()
  addEventListener('online', sendWaiting)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && sendWaiting())
}
