import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Linux names each boot by a random id (proc(5), /proc/sys/kernel/random/boot_id). */
const BOOT_ID_FILE = '/proc/sys/kernel/random/boot_id';

/**
 * Names the timeline of this process's monotonic clock: the id of the boot, which all processes of the machine share. Where it
 * cannot be read, the name is unique, and a restart waits a full interval.
 */
export function currentTimeline(): string {
  try {
    return readFileSync(BOOT_ID_FILE, 'utf8').trim();
  } catch {
    return randomUUID();
  }
}
