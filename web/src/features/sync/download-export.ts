import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import { todayHere } from '../../ui/use-today.ts'

/** Hands the whole log to the person as a JSON file. */
export function downloadExport(workspace: Workspace): void {
  const blob = new Blob([JSON.stringify(workspace.exportLog(), null, 2)], { type: 'application/json' })
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = `questlog-${todayHere()}.json`
  link.click()
  // The browser reads the blob after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
