import type { Page } from 'playwright-core'

/** The name of the document that holds the log on screen. */
export function documentOnScreen(page: Page): Promise<string> {
  return page.evaluate(() => String(JSON.parse(localStorage.getItem('questlog.logs') ?? '{}').shown))
}

/** The documents this device keeps. */
export function documentsOnDevice(page: Page): Promise<string[]> {
  return page.evaluate(async () =>
    (await indexedDB.databases())
      .flatMap(({ name }) => (name?.startsWith('questlog/') ? [name.slice('questlog/'.length)] : []))
      .sort(),
  )
}

/** Puts an update among a document's rows on this device, past the app; the document of the log on screen by default. */
export async function writeRow(page: Page, update: Uint8Array, documentName?: string): Promise<void> {
  const name = `questlog/${documentName ?? (await documentOnScreen(page))}`
  await page.evaluate(
    async ([databaseName, bytes]) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(databaseName)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      await new Promise<void>((resolve, reject) => {
        const transaction = database.transaction('updates', 'readwrite')
        transaction.objectStore('updates').add(Uint8Array.from(bytes))
        transaction.oncomplete = () => resolve()
        transaction.onabort = () => reject(transaction.error)
      })
      database.close()
    },
    [name, [...update]] as const,
  )
}

/** How many rows the logs of a device take on its disk. */
export function rowsOnDisk(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
    const counts = names
      .filter((name) => name.startsWith('questlog/'))
      .map(
        (name) =>
          new Promise<number>((resolve) => {
            const opening = indexedDB.open(name)
            opening.onsuccess = () => {
              const counting = opening.result.transaction('updates').objectStore('updates').count()
              counting.onsuccess = () => {
                opening.result.close()
                resolve(counting.result)
              }
            }
          }),
      )
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  })
}
