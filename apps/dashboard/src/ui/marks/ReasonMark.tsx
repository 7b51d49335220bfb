import type { WaitReason } from '../../api/schemas.ts';
import { Mark } from './Mark.tsx';
import { WAIT_REASONS } from './wait-reasons.ts';

/** Why a bucket's first waiter has no permit yet. */
export function ReasonMark({ reason }: { readonly reason: WaitReason }) {
  const { meaning, text, tone } = WAIT_REASONS[reason];
  return (
    <Mark tone={tone} title={meaning}>
      {text}
    </Mark>
  );
}
