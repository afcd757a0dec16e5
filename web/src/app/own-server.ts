/** The server this page came from, for requests. */
export const ownServer = { fetch: (url: string, init: RequestInit) => fetch(url, init), baseUrl: '' }
