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
// The one rule of the style sheet that tests cannot do without: this is a wide screen, without the narrow one's bar.
const style = document.createElement('style')
style.textContent = '.md\\:hidden { display: none }'
document.head.append(style)
Element.prototype.scrollTo ??= () => {}
Element.prototype.scrollIntoView ??= () => {}

afterEach(() => {
  cleanup()
  dismissToast()
  useUi.setState(useUi.getInitialState(), true)
})
