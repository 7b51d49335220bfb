import type { Sessions } from '../../store/store.tokens.ts';
import type { EventStream } from './event-stream.ts';

/**
 * The streams whose sessions are over: the operator has logged out, at this or another replica. None while the store does
 * not answer. Never rejects.
 */
export async function loggedOut(
  streams: Iterable<EventStream>,
  sessions: Pick<Sessions, 'find'>,
): Promise<EventStream[]> {
  const bySession = Map.groupBy(streams, ({ session }) => session?.secretHash);
  const found = await Promise.all(
    Array.from(bySession, async ([secretHash, ofSession]) => {
      if (secretHash === undefined) return [];
      const goesOn = await sessions.find(secretHash).then(
        (session) => session !== undefined,
        () => true,
      );
      return goesOn ? [] : ofSession;
    }),
  );
  return found.flat();
}
