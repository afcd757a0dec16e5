import { defaultKeymap, indentLess, insertTab } from '@codemirror/commands'
import { markdownKeymap, markdownLanguage } from '@codemirror/lang-markdown'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'

export interface NoteEditorOptions {
  readonly note: Y.Text
  readonly awareness: Awareness
  /** What stands at this person's caret in the editors of others. */
  readonly caretName: string
  readonly readOnly: boolean
  readonly label: string
  readonly placeholder: string
  /** Where an earlier editor of the same note was left, if its document was replaced by another. */
  readonly place?: NotePlace | null
}

/** Where a person is in a note. */
export interface NotePlace {
  readonly text: string
  readonly anchor: number
  readonly head: number
  readonly isFocused: boolean
}

/** Longest note in UTF-16 units; the log keeps notes to 64 KB. */
const maxNoteLength = 64 * 1024

/** Of carets: white text reads on each, and each stands out from light and dark paper. */
const caretColors = ['#c2410c', '#15803d', '#2563eb', '#9333ea', '#be185d', '#0f766e'] as const

/**
 * Puts a Markdown editor bound to a note into an element; returns how to take it out, which answers where it was left.
 */
export function mountNoteEditor(parent: HTMLElement, options: NoteEditorOptions): () => NotePlace {
  const { note, awareness, readOnly } = options
  // Undo inside notes belongs to the text: commands have their own history.
  const undoManager = new Y.UndoManager(note)
  const color = caretColors[awareness.clientID % caretColors.length]
  awareness.setLocalStateField('user', { name: options.caretName, color, colorLight: `${color}33` })
  const text = note.toString()
  const place = options.place ?? null
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      ...(place === null ? {} : { selection: selectionIn(text, place) }),
      extensions: [
        keymap.of([...yUndoManagerKeymap, ...editorKeys, ...markdownKeymap, ...defaultKeymap]),
        // Alone: with its wrapper would come the languages of HTML, CSS and JavaScript.
        markdownLanguage,
        syntaxHighlighting(inkStyle),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        EditorView.contentAttributes.of({
          'aria-label': options.label,
          'aria-multiline': 'true',
          dir: 'auto',
          spellcheck: 'true',
        }),
        placeholder(options.placeholder),
        EditorState.readOnly.of(readOnly),
        EditorView.editable.of(!readOnly),
        EditorState.changeFilter.of(
          (change) => !change.docChanged || change.newDoc.length <= maxNoteLength || isRemote(change),
        ),
        yCollab(note, awareness, { undoManager }),
        frame,
      ],
    }),
  })
  if (place?.isFocused) view.focus()
  return () => {
    const { main } = view.state.selection
    const left = { text: view.state.doc.toString(), anchor: main.anchor, head: main.head, isFocused: view.hasFocus }
    view.destroy()
    awareness.setLocalStateField('cursor', null)
    undoManager.destroy()
    return left
  }
}

/** The same places in a text that may have changed in one stretch. */
function selectionIn(text: string, { text: before, anchor, head }: NotePlace): { anchor: number; head: number } {
  const shorter = Math.min(text.length, before.length)
  let start = 0
  while (start < shorter && text[start] === before[start]) start += 1
  let end = 0
  while (end < shorter - start && text[text.length - 1 - end] === before[before.length - 1 - end]) end += 1
  const moved = (at: number) => {
    if (at <= start) return at
    return at >= before.length - end ? at + text.length - before.length : start
  }
  return { anchor: moved(anchor), head: moved(head) }
}

/** Edits of others come through the binding, unmarked as user events, and must never be dropped. */
function isRemote(change: { readonly isUserEvent: (event: string) => boolean }): boolean {
  return !change.isUserEvent('input') && !change.isUserEvent('paste')
}

const editorKeys = [
  {
    key: 'Escape',
    run: (view: EditorView) => {
      view.contentDOM.blur()
      return false
    },
  },
  // Tab indents only inside a line; at its start it leaves, so that the keyboard is never caught.
  {
    key: 'Tab',
    run: (view: EditorView) => {
      const { main } = view.state.selection
      return main.head === view.state.doc.lineAt(main.head).from ? false : insertTab(view)
    },
    shift: (view: EditorView) => {
      const line = view.state.doc.lineAt(view.state.selection.main.head)
      return /^\s/.test(line.text) ? indentLess(view) : false
    },
  },
]

const inkStyle = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '700' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: [tags.link, tags.url], color: 'var(--accent)', textDecoration: 'underline' },
  { tag: tags.monospace, fontFamily: 'ui-monospace, monospace', fontSize: '0.9em' },
  { tag: [tags.processingInstruction, tags.meta, tags.quote], color: 'var(--ink-soft)' },
])

const frame = EditorView.theme({
  '&': {
    border: '1px solid var(--outline)',
    borderRadius: '5px',
    background: 'var(--raised)',
    fontSize: 'inherit',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.55' },
  '.cm-content': { minHeight: '7rem', padding: '0.5rem 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 0.625rem' },
  '.cm-placeholder': { color: 'var(--ink-soft)' },
  '.cm-ySelectionInfo': { fontFamily: 'inherit', opacity: '1', borderRadius: '3px', padding: '0 0.25rem' },
  '.cm-ySelectionCaretDot': { display: 'none' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
})
