import type { PermitStatus } from '../../api/schemas.ts';
import type { Tone } from './Mark.tsx';

/** The status of a permit, as the page shows it. */
interface PermitStatusText {
  readonly tone: Tone;
  readonly text: string;
  /** What the status means, as a sentence. */
  readonly meaning: string;
  /** Whether the permit took an interval of its bucket and a session start, as far as is known. */
  readonly isUsed: boolean;
}

/** Every status of a permit. The compiler reports a status of the API that has no entry here. */
export const PERMIT_STATUSES: Readonly<Record<PermitStatus, PermitStatusText>> = {
  confirmed: {
    tone: 'good',
    text: 'confirmed',
    meaning: 'Discord accepted the IDENTIFY.',
    isUsed: true,
  },
  pending: {
    tone: 'info',
    text: 'pending',
    meaning: 'The client has not yet reported whether Discord accepted the IDENTIFY.',
    isUsed: true,
  },
  granted: {
    tone: 'quiet',
    text: 'granted',
    meaning:
      'The client did not ask to confirm this permit, so the service does not learn its use.',
    isUsed: true,
  },
  expired: {
    tone: 'bad',
    text: 'expired',
    meaning: 'The client asked to confirm this permit, and did not do so in time.',
    isUsed: true,
  },
  released: {
    tone: 'warning',
    text: 'released',
    meaning: 'The permit was not used. The bucket and the session start are free again.',
    isUsed: false,
  },
};
