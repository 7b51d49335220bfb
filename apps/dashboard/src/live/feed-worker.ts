import { browserSurroundings } from './browser-surroundings.ts';
import { FeedHub, type Follower } from './feed-hub.ts';
import type { FeedCommand } from './feed-message.ts';

/** The one stream of events of all tabs. Browsers do not slow it down when the tabs are in the background. */
const hub = new FeedHub(browserSurroundings);

addEventListener('connect', (event) => {
  if (!(event instanceof MessageEvent)) return;
  const [port] = event.ports;
  if (port === undefined) return;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- ports have no origin
  const tab: Follower = { tell: (message) => port.postMessage(message) };
  port.addEventListener('message', ({ data }: MessageEvent<FeedCommand>) => hub.take(data, tab));
  port.start();
});
