import type { Change } from '@gateway-queue/identify-limiter';
import { parseReply } from '../scripts/reply.ts';

/** The change that a message of the channel announces (lua/library/announce.lua); undefined when it announces none. */
export function announcedChange(message: string): Change | undefined {
  try {
    const change = parseReply<Change | null>(message);
    return typeof change?.bot === 'string' ? change : undefined;
  } catch {
    return undefined;
  }
}
