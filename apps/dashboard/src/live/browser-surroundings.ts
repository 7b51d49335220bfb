import { showSession } from '../api/session.ts';
import { isSignedOut } from '../api/request.ts';
import { wallNow } from '../time/clock.ts';
import type { FeedSurroundings, OpenStream, StreamListener } from './feed-surroundings.ts';

const EVENTS = '/api/v1/events';

/** How long it may take to be told who is logged in, in ms. A service that hangs does not tell, and is tried again. */
const MAX_ASKING_MS = 5000;

/** The feed's surroundings in a browser, be it a page or a worker. */
export const browserSurroundings: FeedSurroundings = {
  openStream,
  now: wallNow,
  random: Math.random,
  setTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  isSignedOut: async () => {
    try {
      await showSession(AbortSignal.timeout(MAX_ASKING_MS));
      return false;
    } catch (error) {
      return isSignedOut(error);
    }
  },
};

function openStream(listener: StreamListener): OpenStream {
  const source = new EventSource(EVENTS);
  source.addEventListener('open', () => listener.onOpen());
  source.addEventListener('snapshot', ({ data }) => listener.onSnapshot(JSON.parse(data)));
  source.addEventListener('change', ({ data }) => listener.onChange(JSON.parse(data)));
  source.addEventListener('error', () => listener.onBroken());
  return { close: () => source.close() };
}
