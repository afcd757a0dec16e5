import { Workbox } from 'workbox-window'

export interface ServiceWorkerEvents {
  /** A new version is downloaded. `apply` switches to it and reloads the page: call it when the person agrees. */
  readonly onUpdateReady: (apply: () => void) => void
  /** From now on the app opens without a network. */
  readonly onOfflineReady?: () => void
}

/**
 * Registers the service worker that keeps the app's shell, and looks for a new version whenever the page is shown
 * again. Does nothing where there is no support; resolves with whether it is registered.
 */
export async function registerServiceWorker(events: ServiceWorkerEvents, url = '/service-worker.js'): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false
  const workbox = new Workbox(url)
  let isApplying = false

  workbox.addEventListener('installed', (event) => {
    if (!event.isUpdate) events.onOfflineReady?.()
  })
  workbox.addEventListener('waiting', () => {
    events.onUpdateReady(() => {
      isApplying = true
      workbox.messageSkipWaiting()
    })
  })
  workbox.addEventListener('controlling', (event) => {
    if (isApplying) location.reload()
    // Another tab switched: this page runs the old version, whose parts are no longer kept.
    else if (event.isUpdate || event.isExternal) events.onUpdateReady(() => location.reload())
  })

  try {
    await workbox.register()
  } catch (cause) {
    // Blocked by a policy or by private mode: the app works, but opens only with a network.
    console.warn('The app could not be kept for opening without a network.', cause)
    return false
  }
  document.addEventListener('visibilitychange', () => {
    // Fails without a network, which is no news here.
    if (document.visibilityState === 'visible') workbox.update().catch(() => {})
  })
  return true
}
