import type { WaitReason } from '../api/schemas.ts';
import { Mark } from './Mark.tsx';
import { REASONS } from './reasons.ts';

/** Why one waits. */
export function ReasonMark({ reason }: { readonly reason: WaitReason }) {
  const { meaning, text, tone } = REASONS[reason];
  return (
    <Mark tone={tone} title={meaning}>
      {text}
    </Mark>
  );
}
