/** Lets other work of this process have its turn. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

const PIECE = 500

/** Visits everything in pieces, with a pause after each, so that a long list holds nobody up. */
export async function inPieces<Item>(items: Iterable<Item>, visit: (item: Item) => void): Promise<void> {
  let count = 0
  for (const item of items) {
    visit(item)
    count += 1
    if (count % PIECE === 0) await pause()
  }
}
