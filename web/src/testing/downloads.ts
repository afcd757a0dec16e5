import { waitFor } from '@testing-library/react'
import { onTestFinished, vi } from 'vitest'

/** A file that the app handed to the person. */
interface Download {
  readonly name: string
  readonly text: string
}

/** From now on, until the test is over, takes the files that a browser would save. */
export function takeDownloads(): { next(): Promise<Download> } {
  const contents = new Map<string, Blob>()
  const files: { readonly name: string; readonly content: Blob }[] = []
  const createUrl = URL.createObjectURL
  const spies = [
    vi.spyOn(URL, 'createObjectURL').mockImplementation((content) => {
      const url = createUrl.call(URL, content)
      if (content instanceof Blob) contents.set(url, content)
      return url
    }),
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      const content = contents.get(this.href)
      if (content !== undefined) files.push({ name: this.download, content })
    }),
  ]
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore()
  })
  return {
    async next() {
      const { name, content } = await waitFor(() => {
        const file = files.shift()
        if (file === undefined) throw new Error('no file was handed over')
        return file
      })
      return { name, text: await content.text() }
    },
  }
}
