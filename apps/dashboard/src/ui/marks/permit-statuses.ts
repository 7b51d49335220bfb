import type { PermitStatus } from '../../api/schemas.ts';
import type { Tone } from './Mark.tsx';

/** What may become of a permit, for people. */
interface StatusText {
  readonly tone: Tone;
  readonly text: string;
  /** What it means, as a sentence. */
  readonly meaning: string;
}

/** All statuses there are. */
export const PERMIT_STATUSES: Readonly<Record<PermitStatus, StatusText>> = {
  confirmed: { tone: 'good', text: 'confirmed', meaning: 'Discord has accepted the IDENTIFY.' },
  pending: {
    tone: 'info',
    text: 'pending',
    meaning: 'Whether it was used is still to be said.',
  },
  granted: {
    tone: 'quiet',
    text: 'granted',
    meaning: 'Nobody is going to say whether it was used.',
  },
  expired: {
    tone: 'bad',
    text: 'expired',
    meaning: 'It was to be confirmed, and nobody did so in time.',
  },
  released: {
    tone: 'warning',
    text: 'released',
    meaning: 'It was not used; bucket and budget have it back.',
  },
};
