import type { Sessions } from '../../store/store.tokens.ts';
import type { EventStream } from './event-stream.ts';

/**
 * Those of the streams whose sessions are over, at whichever replica somebody has logged out. While that cannot be known,
 * there is none. Never rejects.
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
