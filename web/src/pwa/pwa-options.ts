import type { VitePWAOptions } from 'vite-plugin-pwa'

/** Paths the server answers itself: never from a cache, and never with the app's page. */
export const serverPaths = [/^\/api\//, /^\/sync(\/|$)/, /^\/health(\/|$)/, /^\/metrics$/, /^\/\.well-known\//]

/**
 * What `vite.config.ts` hands to `VitePWA`. The shell is precached and nothing else is cached, so an answer is either
 * part of the app's own version or comes from the server; a new version waits until the person asks for it.
 */
export const pwaOptions: Partial<VitePWAOptions> = {
  registerType: 'prompt',
  injectRegister: false,
  filename: 'service-worker.js',
  manifest: {
    id: '/',
    name: 'Questlog',
    short_name: 'Questlog',
    description: 'A quest log for real life. Works offline, syncs in real time, never loses an edit.',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    theme_color: '#0e5a4a',
    background_color: '#f0f4f1',
    categories: ['productivity'],
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
  workbox: {
    globPatterns: ['**/*.{html,js,css,svg,png,woff2}'],
    navigateFallback: '/index.html',
    navigateFallbackDenylist: serverPaths,
    cleanupOutdatedCaches: true,
    clientsClaim: false,
    skipWaiting: false,
  },
}
