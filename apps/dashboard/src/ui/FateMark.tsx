import type { PermitFate } from '../api/schemas.ts';
import { FATES } from './fates.ts';
import { Mark } from './Mark.tsx';

/** What became of a permit. */
export function FateMark({ fate }: { readonly fate: PermitFate }) {
  const { meaning, text, tone } = FATES[fate];
  return (
    <Mark tone={tone} title={meaning}>
      {text}
    </Mark>
  );
}
