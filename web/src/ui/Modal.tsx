import { Dialog, DialogBackdrop, DialogPanel, DialogTitle } from '@headlessui/react'
import type { KeyboardEvent, ReactNode } from 'react'

interface ModalProps {
  readonly title: string
  readonly onClose: () => void
  readonly onKeyDownCapture?: (event: KeyboardEvent) => void
  readonly children: ReactNode
}

/** A small dialog over the page; on phones it sits at the thumb. */
export function Modal({ title, onClose, onKeyDownCapture, children }: ModalProps) {
  return (
    <Dialog open onClose={onClose} onKeyDownCapture={onKeyDownCapture} className="fixed inset-0 z-40">
      <DialogBackdrop className="fixed inset-0 bg-shade" />
      <div className="fixed inset-0 flex items-end justify-center overflow-y-auto sm:items-start sm:p-6 sm:pt-[12vh]">
        <DialogPanel className="max-h-full w-full max-w-lg animate-arrive overflow-y-auto rounded-t-lg border border-line bg-surface p-4 pb-[max(1rem,env(safe-area-inset-bottom))] shadow-xl sm:rounded-lg">
          <DialogTitle className="mb-3 text-lg font-bold">{title}</DialogTitle>
          {children}
        </DialogPanel>
      </div>
    </Dialog>
  )
}
