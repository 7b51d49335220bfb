import { vi } from 'vitest';

import type { LogLine } from '../service/json-lines.ts';
import type { Service } from '../service/service.ts';

const GRANTED = 'A shard may identify';
const GIVEN_BACK = 'A shard hung up just before its permit came';

/** How long a line may take from one process to the other, ms. */
const PATIENCE_MS = 20_000;

/** The permits that were given for good, in their order. */
export function granted(service: Service): LogLine[] {
  return service.logs.filter(({ msg }) => msg === GRANTED);
}

export function grantedShards(service: Service): unknown[] {
  return granted(service).map(({ shard }) => shard);
}

/** The permits whose answer could not be written. */
export function released(service: Service): LogLine[] {
  return service.logs.filter(({ msg }) => msg === GIVEN_BACK);
}

/** Resolves when the log has the permit of this shard. Then it has all that came before it. */
export async function untilGranted(service: Service, shard: number): Promise<void> {
  await vi.waitUntil(() => grantedShards(service).includes(shard), {
    timeout: PATIENCE_MS,
    interval: 5,
  });
}
