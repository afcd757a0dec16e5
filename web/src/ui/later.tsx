import { Component, type ComponentType, lazy } from 'react'
import { loadLaterTexts, translate } from '../i18n/translate.ts'
import { allowReload, reloadPage } from './reload-page.ts'

/** What fetches the parts that come after the first paint. */
export const partLoaders: (() => Promise<unknown>)[] = [loadLaterTexts]

/** A part of the app is not to be had now. */
class MissingPart extends Error {
  constructor(cause: unknown) {
    super('A part of the app could not be loaded', { cause })
  }
}

/**
 * A component whose code and texts come after the first paint. Where they cannot be had it says so in its place, with a
 * way to try again; `close` gives it up.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  close?: () => void,
): ComponentType<Props> {
  partLoaders.push(load)
  const fetchPart = () =>
    lazy(async () => {
      const parts = Promise.all([load(), loadLaterTexts()]).catch(reloadPage)
      const [component] = await parts.catch((cause: unknown) => Promise.reject(new MissingPart(cause)))
      return { default: component }
    })
  let Part = fetchPart()
  return class Later extends Component<Props, { readonly failure: unknown }> {
    override state: { readonly failure: unknown } = { failure: null }

    static getDerivedStateFromError(failure: unknown) {
      return { failure }
    }

    override render() {
      const { failure } = this.state
      if (failure === null) return <Part {...this.props} />
      // A fault of the part itself is for whoever catches those.
      if (!(failure instanceof MissingPart)) throw failure
      const again = () => {
        allowReload()
        Part = fetchPart()
        this.setState({ failure: null })
      }
      return (
        <div role="alert" className="m-4 flex flex-wrap items-center gap-3 rounded border border-line p-3">
          <p>{translate('part.missing')}</p>
          <button type="button" className="button" onClick={again}>
            {translate('retry')}
          </button>
          {close === undefined ? null : (
            <button type="button" className="button" onClick={close}>
              {translate('close')}
            </button>
          )}
        </div>
      )
    }
  }
}
