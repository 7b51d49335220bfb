import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { PRIORITIES, type Priority } from '@gateway-queue/identify-limiter';
import { NamedShardQuery } from '../identify.query.ts';

/** HAProxy as Debian ships it cuts at 50 s, and nginx at 60 s: the answer has to come before. */
const WAIT_MS = { default: 45_000, max: 3_600_000 } as const;

/** Whole numbers from 0 to the maximum of {@link WAIT_MS}. */
const WAIT = /^0*(?:\d{1,6}|[12]\d{6}|3[0-5]\d{5}|3600000)$/;

/** The shard and bot that a request is for, and the permit that it asks for. */
export class IdentifyV1Query extends NamedShardQuery {
  @ApiPropertyOptional({
    description: '`high` goes before `normal` in every line.',
    enum: PRIORITIES,
    default: 'normal',
  })
  @IsOptional()
  @IsIn(PRIORITIES, { message: `must be given once, as ${PRIORITIES.join(' or ')}` })
  readonly priority: Priority = 'normal';

  @ApiPropertyOptional({
    description:
      'Whether the client will confirm the permit. The bucket then stays closed until the permit is confirmed, and opens ' +
      'one plain interval later.',
    enum: ['true', 'false'],
    default: 'false',
  })
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'must be given once, as true or false' })
  readonly confirm: 'true' | 'false' = 'false';

  @ApiPropertyOptional({
    description: 'After how many ms the request is answered 429 when there is no permit yet.',
    type: 'integer',
    minimum: 0,
    maximum: WAIT_MS.max,
    default: WAIT_MS.default,
  })
  @IsOptional()
  @Matches(WAIT, {
    message: `must be given once, as a whole number of milliseconds in digits, from 0 to ${WAIT_MS.max}`,
  })
  readonly maxWaitMs: string = String(WAIT_MS.default);
}
