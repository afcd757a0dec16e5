import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'
import { useUi } from '../features/quests/list-state.ts'
import { dismissToast } from '../ui/toasts.ts'

// Waiting for what will come: the limit is only how late a failure is told.
configure({ asyncUtilTimeout: 20_000 })

// There is no layout in this DOM: what scrolls is given a size, or lists would draw none of their rows.
Object.defineProperties(HTMLElement.prototype, {
  clientHeight: { configurable: true, get: (): number => 800 },
  clientWidth: { configurable: true, get: (): number => 600 },
})
Element.prototype.scrollTo ??= () => {}
Element.prototype.scrollIntoView ??= () => {}

afterEach(() => {
  cleanup()
  dismissToast()
  useUi.setState(useUi.getInitialState(), true)
})
