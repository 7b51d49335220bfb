import { ApiProperty } from '@nestjs/swagger';
import { PERMIT_STATUSES, type PermitStatus } from '@gateway-queue/identify-limiter';

/** What each status of a permit means. */
const MEANINGS: Readonly<Record<PermitStatus, string>> = {
  granted: 'it need not be confirmed',
  pending: 'its confirm may still come',
  confirmed: 'Discord has accepted the IDENTIFY',
  expired:
    'its confirm did not come in time; one that comes while it keeps its bucket closed still confirms it',
  released: 'it was not used',
};

/** Documents the status of a permit. */
export function Status(): PropertyDecorator {
  const meanings = PERMIT_STATUSES.map((status) => `\`${status}\`: ${MEANINGS[status]}`);
  return ApiProperty({
    description: `${meanings.join('. ')}.`,
    enum: PERMIT_STATUSES,
    example: 'confirmed',
  });
}
