import type { FeedCommand, FeedMessage } from './feed-message.ts';
import type { FeedEnvironment } from './feed-environment.ts';
import { Feed } from './feed.ts';

/** A tab that follows the feed. */
export interface Follower {
  readonly send: (message: FeedMessage) => void;
}

/** One feed for all followers. It runs only while there is a follower. */
export class FeedHub {
  readonly #followers = new Set<Follower>();
  readonly #feed: Feed;

  constructor(environment: FeedEnvironment) {
    this.#feed = new Feed(environment, (message) => this.#sendToAll(message));
  }

  take(command: FeedCommand, follower: Follower): void {
    switch (command) {
      case 'join': {
        this.#feed.start();
        this.#followers.add(follower);
        for (const message of this.#feed.initialMessages) follower.send(message);
        break;
      }
      case 'ping': {
        follower.send(this.#feed.stateMessage);
        break;
      }
      case 'leave': {
        this.#followers.delete(follower);
        if (this.#followers.size === 0) this.#feed.stop();
        break;
      }
    }
  }

  #sendToAll(message: FeedMessage): void {
    for (const follower of this.#followers) follower.send(message);
  }
}
