/** The address of what is assigned to a guest of a party. */
export function assignedHref(workspaceId: string): string {
  return `/assigned/${workspaceId}`
}
