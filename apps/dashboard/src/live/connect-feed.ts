import { browserEnvironment } from './browser-environment.ts';
import { FeedHub, type Follower } from './feed-hub.ts';
import type { FeedCommand, FeedMessage } from './feed-message.ts';

/** Sends a command to the feed. */
export type SendToFeed = (command: 'join' | 'leave') => void;

/** The worker gets a ping at this interval, in ms. After this many unanswered pings it counts as dead. */
const PING_MS = 5000;
const MAX_UNANSWERED = 2;

/**
 * Connects to the feed that all tabs share. The tab has a feed of its own if the browser has no shared workers (as some on
 * phones), if the worker does not start, or if it dies, which browsers do not report.
 */
export function connectFeed(onMessage: (message: FeedMessage) => void): SendToFeed {
  if (typeof SharedWorker === 'undefined') return ownFeed(onMessage);
  const worker = new SharedWorker(new URL('./feed-worker.ts', import.meta.url), {
    type: 'module',
    name: 'gateway-queue events',
  });
  const { port } = worker;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- ports have no origin
  const post = (command: FeedCommand) => port.postMessage(command);
  let own: SendToFeed | undefined;
  let last: 'join' | 'leave' = 'leave';
  let unanswered = 0;
  let pings: ReturnType<typeof setInterval> | undefined;

  const replace = () => {
    if (own !== undefined) return;
    clearInterval(pings);
    // The worker may only be slow, and must not keep its stream open for a tab that no longer listens.
    post('leave');
    port.close();
    own = ownFeed(onMessage);
    // A tab that has left would never end its feed.
    if (last === 'join') own('join');
  };
  const ping = () => {
    if (unanswered >= MAX_UNANSWERED) return replace();
    unanswered += 1;
    post('ping');
  };
  worker.addEventListener('error', replace);
  port.addEventListener('message', ({ data }: MessageEvent<FeedMessage>) => {
    unanswered = 0;
    onMessage(data);
  });
  port.start();
  return (command) => {
    last = command;
    if (own !== undefined) return own(command);
    clearInterval(pings);
    unanswered = 0;
    if (command === 'join') pings = setInterval(ping, PING_MS);
    post(command);
  };
}

function ownFeed(onMessage: (message: FeedMessage) => void): SendToFeed {
  const hub = new FeedHub(browserEnvironment);
  const follower: Follower = { send: onMessage };
  return (command) => hub.take(command, follower);
}
