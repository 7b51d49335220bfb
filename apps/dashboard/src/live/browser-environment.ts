import { showSession } from '../api/session.ts';
import { isSignedOut } from '../api/request.ts';
import { wallNow } from '../time/clock.ts';
import type { FeedEnvironment, OpenStream, StreamListener } from './feed-environment.ts';

const EVENTS = '/api/v1/events';

/** The deadline of the check for a session, in ms. If the service does not answer in time, the feed tries again later. */
const MAX_SESSION_CHECK_MS = 5000;

/** The feed's environment in a page and in a worker. */
export const browserEnvironment: FeedEnvironment = {
  openStream,
  now: wallNow,
  random: Math.random,
  setTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  isSignedOut: async () => {
    try {
      await showSession(AbortSignal.timeout(MAX_SESSION_CHECK_MS));
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
