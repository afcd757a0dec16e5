/**
 * The address a native client listens on (RFC 8252, 7.3): plain http on a loopback IP with any port, so that no other
 * machine and no name server can stand in between. Null for anything else.
 */
export function nativeRedirect(wanted: string): URL | null {
  const url = URL.parse(wanted)
  if (url === null || url.protocol !== 'http:' || url.username !== '' || url.password !== '') return null
  if (url.hostname !== '127.0.0.1' && url.hostname !== '[::1]') return null
  return url.search === '' && url.hash === '' ? url : null
}
