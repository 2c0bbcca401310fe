// How much room this phone has, and that the browser may not clear it away by itself.

export async function roomOf(
  storage: StorageManager | undefined,
): Promise<{ used: number; left: number } | null> {
  const { usage, quota } = (await storage?.estimate().catch(() => undefined)) ?? {};
  return usage === undefined || quota === undefined
    ? null
    : { used: usage, left: Math.max(0, quota - usage) };
}

/** Some browsers ask the user, so this is done when somebody has logged in, not at any start. */
export function askToStay(storage: StorageManager | undefined): void {
  void storage?.persist().catch(() => false);
}
