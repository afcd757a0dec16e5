import type { Feature } from '../../actions/feature.ts'
import { redoAction, undoAction } from './undo-actions.ts'

/** Taking commands back and doing them again. */
export const undo: Feature = { actions: [undoAction, redoAction] }
