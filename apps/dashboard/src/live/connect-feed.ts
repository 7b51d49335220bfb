import { browserSurroundings } from './browser-surroundings.ts';
import { FeedHub, type Follower } from './feed-hub.ts';
import type { FeedCommand, FeedMessage } from './feed-message.ts';

/** Says something to the feed. */
export type TellFeed = (command: 'hello' | 'bye') => void;

/** How often the worker is asked whether it is there, in ms, and how often in vain before it is taken for dead. */
const PING_MS = 5000;
const MAX_UNANSWERED = 2;

/**
 * Connects to the feed that all tabs share. Where browsers have no shared workers (some on phones), or it does not
 * start, or dies, of which browsers say nothing, the tab has a feed of its own.
 */
export function connectFeed(onMessage: (message: FeedMessage) => void): TellFeed {
  if (typeof SharedWorker === 'undefined') return ownFeed(onMessage);
  const worker = new SharedWorker(new URL('./feed-worker.ts', import.meta.url), {
    type: 'module',
    name: 'gateway-queue events',
  });
  const { port } = worker;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- ports have no origin
  const post = (command: FeedCommand) => port.postMessage(command);
  let own: TellFeed | undefined;
  let said: 'hello' | 'bye' = 'bye';
  let unanswered = 0;
  let pings: ReturnType<typeof setInterval> | undefined;

  const replace = () => {
    if (own !== undefined) return;
    clearInterval(pings);
    // It may only have been slow, and would go on for a tab that hears it no more.
    post('bye');
    port.close();
    own = ownFeed(onMessage);
    // Who has gone meanwhile wants no feed that nobody would end.
    if (said === 'hello') own('hello');
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
    said = command;
    if (own !== undefined) return own(command);
    clearInterval(pings);
    unanswered = 0;
    if (command === 'hello') pings = setInterval(ping, PING_MS);
    post(command);
  };
}

function ownFeed(onMessage: (message: FeedMessage) => void): TellFeed {
  const hub = new FeedHub(browserSurroundings);
  const follower: Follower = { tell: onMessage };
  return (command) => hub.take(command, follower);
}
