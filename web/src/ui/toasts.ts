import { create } from 'zustand'
import type { MessageKey } from '../i18n/message.ts'
import type { Values } from '../i18n/translate.ts'

export interface Toast {
  readonly id: number
  readonly tone: 'info' | 'error'
  readonly message: MessageKey
  readonly values?: Values
  readonly action?: { readonly label: MessageKey; readonly run: () => void }
}

/** The toast on screen (one at a time) and the last announcement to screen readers. */
export const useToasts = create<{ readonly toast: Toast | null; readonly announcement: string }>(() => ({
  toast: null,
  announcement: '',
}))

const lifetimeMs = 7000
let lastId = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** Shows a toast in place of any other; it leaves by itself unless `keepToast` holds it. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  lastId += 1
  useToasts.setState({ toast: { ...toast, id: lastId } })
  releaseToast()
}

/** Takes the toast away. */
export function dismissToast(): void {
  clearTimeout(timer)
  useToasts.setState({ toast: null })
}

/** Takes away a toast that offers to take back what is no longer the latest change. */
export function withdrawOffer(): void {
  if (useToasts.getState().toast?.action !== undefined) dismissToast()
}

/** Keeps the toast on screen while it is pointed at or focused. */
export function keepToast(): void {
  clearTimeout(timer)
}

/** Starts the toast's remaining time again. */
export function releaseToast(): void {
  clearTimeout(timer)
  timer = setTimeout(dismissToast, lifetimeMs)
}

/** Tells screen readers something that sighted people see happen. */
export function announce(text: string): void {
  // The same text twice would be silent, so repeats end in a no-break space.
  const repeated = useToasts.getState().announcement === text
  useToasts.setState({ announcement: repeated ? `${text}\u00a0` : text })
}
