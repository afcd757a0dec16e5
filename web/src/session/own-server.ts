import { reloadPage } from '../ui/reload-page.ts'

/** The server this page came from, for requests. */
export const ownServer = {
  fetch: (url: string, init: RequestInit) => fetch(url, init),
  baseUrl: '',
  // Where the page cannot be had either, the server is as good as away.
  onPartMissing: (cause: unknown) => void reloadPage(cause).catch(() => undefined),
}
