import type { PermitFate } from '../api/schemas.ts';
import type { Tone } from './Mark.tsx';

/** What may become of a permit, for people. */
interface FateText {
  readonly tone: Tone;
  readonly text: string;
  /** What it means, as a sentence. */
  readonly meaning: string;
}

/** All fates there are. */
export const FATES: Readonly<Record<PermitFate, FateText>> = {
  confirmed: { tone: 'good', text: 'confirmed', meaning: 'Discord has accepted the IDENTIFY.' },
  awaited: {
    tone: 'info',
    text: 'awaited',
    meaning: 'Whether it was used is still to be said.',
  },
  unconfirmed: {
    tone: 'quiet',
    text: 'unconfirmed',
    meaning: 'Nobody is going to say whether it was used.',
  },
  abandoned: {
    tone: 'bad',
    text: 'abandoned',
    meaning: 'It was to be confirmed, and nobody did so in time.',
  },
  'given-back': {
    tone: 'warning',
    text: 'given back',
    meaning: 'It was not used; bucket and budget have it back.',
  },
};
