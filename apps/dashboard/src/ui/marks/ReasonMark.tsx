import type { WaitReason } from '../../api/schemas.ts';
import { Mark } from './Mark.tsx';
import { WAIT_REASONS } from './wait-reasons.ts';

/** Why one waits. */
export function ReasonMark({ reason }: { readonly reason: WaitReason }) {
  const { meaning, text, tone } = WAIT_REASONS[reason];
  return (
    <Mark tone={tone} title={meaning}>
      {text}
    </Mark>
  );
}
