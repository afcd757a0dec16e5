import { flushSync } from 'react-dom'
import type { Action } from '../../actions/action.ts'
import { mayChange } from '../../actions/perform.ts'
import { focusField } from '../../ui/focus.ts'
import { goTo } from '../../ui/go-to.ts'

/** Takes the focus to the field for new quests: on this page, or else in the Inbox. */
export const quickAdd: Action = {
  id: 'quick-add',
  name: 'action.quickAdd',
  group: 'general',
  keys: ['q'],
  run(workspace) {
    if (!mayChange(workspace)) return true
    const field = document.querySelector('[data-quick-add]')
    if (field === null) flushSync(() => goTo('/'))
    focusField('[data-quick-add]')
    return true
  },
}
