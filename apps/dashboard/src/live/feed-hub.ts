import type { FeedCommand, FeedMessage } from './feed-message.ts';
import type { FeedSurroundings } from './feed-surroundings.ts';
import { Feed } from './feed.ts';

/** One who follows, as the hub knows it. */
export interface Follower {
  readonly tell: (message: FeedMessage) => void;
}

/** One feed for all who follow; there is none while nobody does. */
export class FeedHub {
  readonly #followers = new Set<Follower>();
  readonly #feed: Feed;

  constructor(surroundings: FeedSurroundings) {
    this.#feed = new Feed(surroundings, (message) => this.#tellAll(message));
  }

  take(command: FeedCommand, follower: Follower): void {
    switch (command) {
      case 'hello': {
        this.#feed.start();
        this.#followers.add(follower);
        for (const message of this.#feed.greeting) follower.tell(message);
        break;
      }
      case 'ping': {
        follower.tell(this.#feed.stateMessage);
        break;
      }
      case 'bye': {
        this.#followers.delete(follower);
        if (this.#followers.size === 0) this.#feed.stop();
        break;
      }
    }
  }

  #tellAll(message: FeedMessage): void {
    for (const follower of this.#followers) follower.tell(message);
  }
}
