import { later } from '../../ui/later.tsx'
// A part of a part: fetched ahead with the others.
import '../notes/later-notes.ts'

export const EditorPane = later(async () => (await import('./EditorPane.tsx')).EditorPane)
