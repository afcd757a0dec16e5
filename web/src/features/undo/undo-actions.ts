import type { Action } from '../../actions/action.ts'
import { redo, undo } from '../../actions/perform.ts'
import { BackArrow, ForwardArrow } from './Arrows.tsx'

export const undoAction: Action = {
  id: 'undo',
  name: 'undo',
  group: 'general',
  keys: ['mod+z'],
  icon: BackArrow,
  repeats: true,
  run(workspace) {
    undo(workspace)
    return true
  },
}

export const redoAction: Action = {
  id: 'redo',
  name: 'redo',
  group: 'general',
  keys: ['mod+shift+z', 'mod+y'],
  icon: ForwardArrow,
  repeats: true,
  run(workspace) {
    redo(workspace)
    return true
  },
}
