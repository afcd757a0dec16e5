/** Tells faults of the platform from bugs. */
export interface Faults {
  /** Whether what was thrown is the platform's own way to say that its storage failed. */
  isOfStorage(cause: unknown): boolean
  /** Notes a bug where a developer looks for it. Does not throw. */
  report(cause: unknown): void
}
