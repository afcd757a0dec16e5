import { formatDocumentName } from '@questlog/shared/protocol/documents'

/** The name of a workspace's document of an epoch. */
export function documentOf(workspaceId: string, epoch: number): string {
  return formatDocumentName({ kind: 'workspace', id: workspaceId, epoch })
}
