import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import { Component, type ReactNode } from 'react'
import { downloadExport } from '../features/sync/download-export.ts'
import { translate } from '../i18n/translate.ts'

interface ErrorBoundaryProps {
  readonly workspace: Workspace
  readonly children: ReactNode
}

/** Catches a bug of the screens: the log itself is on disk, and can be taken along from here. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <main className="grid h-full place-items-center bg-surface p-6">
        <div role="alert" className="max-w-md">
          <h1 className="text-xl font-bold">{translate('crash.title')}</h1>
          <p className="mt-2">{translate('crash.text')}</p>
          <div className="mt-4 flex flex-wrap gap-2">
            <button type="button" className="button button-primary" onClick={() => location.assign('/')}>
              {translate('crash.reload')}
            </button>
            <button type="button" className="button" onClick={() => downloadExport(this.props.workspace)}>
              {translate('sync.export')}
            </button>
          </div>
        </div>
      </main>
    )
  }
}
