let loading: Promise<never> | null = null

/**
 * Reloads the page since a part of the app could not be fetched: for as long as a page lives, browsers do not ask
 * again for a module that failed. Rejects with `cause` where that was tried already, or the page itself is not to be had.
 */
export function reloadPage(cause: unknown): Promise<never> {
  loading ??= loadOnce(cause).finally(() => {
    loading = null
  })
  return loading
}

/** Lets the page be reloaded once more: the person asks for the part again. */
export function allowReload(): void {
  history.replaceState({ ...history.state, wasLoadedAnew: false }, '')
}

async function loadOnce(cause: unknown): Promise<never> {
  const wasLoadedAnew = history.state?.wasLoadedAnew === true
  // Offline it comes from this device, if it is kept there; a browser's error page would be worse than what is shown now.
  const isThere = await fetch('/').then(
    ({ ok }) => ok,
    () => false,
  )
  if (wasLoadedAnew || !isThere) throw cause
  // With this entry of the history, so that another page can be reloaded as well.
  history.replaceState({ ...history.state, wasLoadedAnew: true }, '')
  location.reload()
  return new Promise(() => {})
}
