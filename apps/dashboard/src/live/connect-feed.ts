import { browserSurroundings } from './browser-surroundings.ts';
import { FeedHub, type Follower } from './feed-hub.ts';
import type { FeedCommand, FeedMessage } from './feed-message.ts';

/** Says something to the feed. */
export type TellFeed = (command: FeedCommand) => void;

/**
 * Connects to the feed that all tabs share. Where browsers have no shared workers (some on phones), or it does not
 * start, the tab has a feed of its own.
 */
export function connectFeed(onMessage: (message: FeedMessage) => void): TellFeed {
  if (typeof SharedWorker === 'undefined') return ownFeed(onMessage);
  const worker = new SharedWorker(new URL('./feed-worker.ts', import.meta.url), {
    type: 'module',
    name: 'gateway-queue events',
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- ports have no origin
  let tell: TellFeed = (command) => worker.port.postMessage(command);
  let said: FeedCommand = 'bye';
  const replace = () => {
    worker.port.close();
    tell = ownFeed(onMessage);
    // Who has gone meanwhile wants no feed that nobody would end.
    if (said === 'hello') tell('hello');
  };
  worker.addEventListener('error', replace, { once: true });
  worker.port.addEventListener('message', ({ data }: MessageEvent<FeedMessage>) => onMessage(data));
  worker.port.start();
  return (command) => {
    said = command;
    tell(command);
  };
}

function ownFeed(onMessage: (message: FeedMessage) => void): TellFeed {
  const hub = new FeedHub(browserSurroundings);
  const follower: Follower = { tell: onMessage };
  return (command) => hub.take(command, follower);
}
