import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made = new Set<string>();

/** A directory that outlives the services that keep their state there. */
export async function makeDataDir(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'gateway-queue-state-'));
  made.add(directory);
  return directory;
}

/** What is there now, somewhere else: what looks at the copy leaves the original as a crash left it. */
export async function copyOf(dataDir: string): Promise<string> {
  const copy = await makeDataDir();
  await cp(dataDir, copy, { recursive: true });
  return copy;
}

/** To be called when the services have ended. */
export async function removeDataDirs(): Promise<void> {
  for (const directory of made) await rm(directory, { recursive: true, force: true });
  made.clear();
}
