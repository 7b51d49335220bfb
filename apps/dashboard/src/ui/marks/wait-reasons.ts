import type { WaitReason } from '../../api/schemas.ts';
import type { Tone } from './Mark.tsx';

/** A reason for waiting, for people. */
export interface WaitReasonText {
  readonly tone: Tone;
  readonly text: string;
  /** What it means, as a sentence. */
  readonly meaning: string;
}

/** All reasons there are. */
export const WAIT_REASONS: Readonly<Record<WaitReason, WaitReasonText>> = {
  interval: {
    tone: 'info',
    text: 'interval',
    meaning: 'The next permit comes when the interval since the last one is over.',
  },
  line: { tone: 'info', text: 'line', meaning: 'One at another replica is next.' },
  paused: { tone: 'warning', text: 'paused', meaning: 'An operator has paused it.' },
  budget: {
    tone: 'bad',
    text: 'budget',
    meaning: 'No session start is left but the reserve; it goes on at the reset.',
  },
  'crash-loop': {
    tone: 'bad',
    text: 'crash-loop',
    meaning: 'Shards that start again and again are held back by throttling.',
  },
  'limits-unknown': {
    tone: 'bad',
    text: 'limits unknown',
    meaning: "Discord has not told the bot's limits yet.",
  },
  'limiter-unavailable': {
    tone: 'bad',
    text: 'limiter unavailable',
    meaning: 'The store of the limiter does not answer.',
  },
};
