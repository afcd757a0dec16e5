/** Something that happens by itself after edits, such as that the rows which REST reads follow the log. */
export interface FollowerStep {
  /** For the server's log. */
  readonly name: string
  /**
   * Brings what it drives to the head of a workspace's log, update by update. Called again after a failure, and also when
   * there is nothing to do; another process may be at the same workspace. What takes long ends early when the process
   * stops, with nothing half-written.
   */
  follow(workspaceId: string): Promise<void>
  /**
   * Workspaces that it has not followed to their heads: the first `limit` behind `afterId` in the order of their ids. For
   * what was committed while nobody listened.
   */
  findBehind(afterId: string, limit: number): Promise<readonly string[]>
}
