import { browserEnvironment } from './browser-environment.ts';
import { FeedHub, type Follower } from './feed-hub.ts';
import type { FeedCommand } from './feed-message.ts';

/** The one stream of events for all tabs. Browsers do not slow a shared worker down while its tabs are in the background. */
const hub = new FeedHub(browserEnvironment);

addEventListener('connect', (event) => {
  if (!(event instanceof MessageEvent)) return;
  const [port] = event.ports;
  if (port === undefined) return;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- ports have no origin
  const tab: Follower = { send: (message) => port.postMessage(message) };
  port.addEventListener('message', ({ data }: MessageEvent<FeedCommand>) => hub.take(data, tab));
  port.start();
});
