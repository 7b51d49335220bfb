import type { PermitFate } from '../api/schemas.ts';
import { Mark, type Tone } from './Mark.tsx';

const FATES: Readonly<Record<PermitFate, readonly [Tone, string, string]>> = {
  confirmed: ['good', 'confirmed', 'Discord has accepted the IDENTIFY.'],
  awaited: ['info', 'awaited', 'Whether it was used is still to be said.'],
  abandoned: ['bad', 'abandoned', 'It was to be confirmed, and nobody did so in time.'],
  unconfirmed: ['quiet', 'unconfirmed', 'Nobody is going to say whether it was used.'],
  'given-back': ['warning', 'given back', 'It was not used; bucket and budget have it back.'],
};

/** What became of a permit. */
export function FateMark({ fate }: { readonly fate: PermitFate }) {
  const [tone, text, meaning] = FATES[fate];
  return (
    <Mark tone={tone} title={meaning}>
      {text}
    </Mark>
  );
}
