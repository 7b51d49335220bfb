import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made = new Set<string>();

/** What was killed a moment ago may still write there: how often it is tried again, and after how long, ms. */
const AGAIN = { maxRetries: 5, retryDelay: 20 } as const;

/**
 * A new folder among the temporary ones. When this process exits, it is removed at the latest.
 *
 * @param name how its name begins
 */
export function makeFolder(name: string): string {
  // At once, so that an exit cannot come between its making and the note of it.
  const folder = mkdtempSync(join(tmpdir(), name));
  made.add(folder);
  return folder;
}

/** Removes a folder with all that is in it. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  made.delete(folder);
}

process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true, ...AGAIN });
});
