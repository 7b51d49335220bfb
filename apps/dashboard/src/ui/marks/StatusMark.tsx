import type { PermitStatus } from '../../api/schemas.ts';
import { PERMIT_STATUSES } from './permit-statuses.ts';
import { Mark } from './Mark.tsx';

/** The status of a permit. */
export function StatusMark({ status }: { readonly status: PermitStatus }) {
  const { meaning, text, tone } = PERMIT_STATUSES[status];
  return (
    <Mark tone={tone} title={meaning}>
      {text}
    </Mark>
  );
}
