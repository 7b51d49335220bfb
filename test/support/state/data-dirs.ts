import { makeFolder, removeFolder } from '../folders.ts';

const made: string[] = [];

/** A directory that outlives the services that keep their state there. */
export function makeDataDir(): Promise<string> {
  const directory = makeFolder('gateway-queue-state-');
  made.push(directory);
  return Promise.resolve(directory);
}

/** To be called when the services have ended. */
export async function removeDataDirs(): Promise<void> {
  for (const directory of made.splice(0)) await removeFolder(directory);
}
