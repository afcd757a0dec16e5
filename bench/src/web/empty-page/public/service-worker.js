// Answers everything from a cache that is filled by asking once.
const answer = async (request) => {
  const cache = await caches.open('page')
  const known = await cache.match(request)
  if (known) return known
  const response = await fetch(request)
  await cache.put(request, response.clone())
  return response
}

addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => event.respondWith(answer(event.request)))
