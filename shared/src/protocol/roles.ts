export const workspaceKinds = ['personal', 'party'] as const
/** From the least to the most powerful. A guest sees the quests assigned to them, over REST alone. */
export const roles = ['guest', 'viewer', 'member', 'admin', 'owner'] as const

export type WorkspaceKind = (typeof workspaceKinds)[number]
export type Role = (typeof roles)[number]

/** Whether a role may do what the other one may. */
export function isAtLeast(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least)
}
