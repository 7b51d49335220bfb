import { applyMergePatch } from '../../../apps/gateway-queue/src/live/testing/apply-merge-patch.ts';
import {
  EventReader,
  type ReadEvent,
} from '../../../apps/gateway-queue/src/live/testing/event-reader.ts';
import type { Service } from '../service/service.ts';
import { TOKENS } from './operators.ts';

const VIEWER = { authorization: `Bearer ${TOKENS.eve}` };

/** What is behind `GET /events` of this service. `lastEventId` is what the reader read last, if anything. */
export function openEvents(
  { url }: Pick<Service, 'url'>,
  lastEventId?: string,
  credentials: Readonly<Record<string, string>> = VIEWER,
): Promise<EventReader> {
  return EventReader.open(`${url}/api/v1/events`, lastEventId, credentials);
}

/**
 * What a reader makes of the events that it has read.
 *
 * @param before the state after the events before these
 */
export function stateAfter(events: readonly ReadEvent[], before?: unknown): unknown {
  let state = before;
  for (const { data, event } of events) {
    if (event === 'snapshot') state = data;
    if (event === 'change') state = applyMergePatch(state, data);
  }
  return state;
}
