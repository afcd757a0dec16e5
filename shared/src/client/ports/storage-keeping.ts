/** Whether the platform may throw this device's data away when the disk runs low, and how much room there is. */
export interface StorageReport {
  readonly persistent: boolean
  /** Bytes in use and at most allowed; null where the platform does not tell. */
  readonly usageBytes: number | null
  readonly quotaBytes: number | null
}

/** What the platform promises about the data it keeps for Questlog. */
export interface StorageKeeping {
  /** Resolves with whether the data stays until the person removes it, once the platform was asked: after the first edit. */
  readonly isKept: Promise<boolean>
  /** How things stand now. */
  report(): Promise<StorageReport>
}
