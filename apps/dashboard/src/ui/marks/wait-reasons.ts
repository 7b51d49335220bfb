import type { WaitReason } from '../../api/schemas.ts';
import type { Tone } from './Mark.tsx';

/** The reason why a bucket's first waiter has no permit yet, as the page shows it. */
interface WaitReasonText {
  readonly tone: Tone;
  readonly text: string;
  /** What the reason means, as a sentence. */
  readonly meaning: string;
  /** Whether the line stands still until the reason is gone, instead of moving with each interval. */
  readonly isBlocking: boolean;
}

/** Every wait reason. The compiler reports a reason of the API that has no entry here. */
export const WAIT_REASONS: Readonly<Record<WaitReason, WaitReasonText>> = {
  interval: {
    tone: 'info',
    text: 'interval',
    meaning: 'The bucket opens when the interval after its last permit is over.',
    isBlocking: false,
  },
  line: {
    tone: 'info',
    text: 'line',
    meaning: 'A waiter at another replica is ahead in this line.',
    isBlocking: false,
  },
  paused: {
    tone: 'warning',
    text: 'paused',
    meaning: 'An operator has paused the bucket or the whole bot.',
    isBlocking: true,
  },
  budget: {
    tone: 'bad',
    text: 'budget',
    meaning: 'Only the reserve of the session starts is left. Permits continue after the reset.',
    isBlocking: true,
  },
  'crash-loop': {
    tone: 'bad',
    text: 'crash loop',
    meaning:
      'The shard has started too often in a short time. It is throttled: other shards pass it.',
    isBlocking: true,
  },
  'limits-unknown': {
    tone: 'bad',
    text: 'limits unknown',
    meaning: "The service does not know the bot's limits yet: it has no answer from Discord.",
    isBlocking: true,
  },
  'limiter-unavailable': {
    tone: 'bad',
    text: 'limiter unavailable',
    meaning: "The limiter's store does not answer.",
    isBlocking: true,
  },
};
