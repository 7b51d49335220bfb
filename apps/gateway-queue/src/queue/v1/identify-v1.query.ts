import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Priority } from '@gateway-queue/identify-limiter';
import { IdentifyQuery } from '../identify.query.ts';

const MAX_WAIT = { default: 50_000, most: 3_600_000 } as const;

/** Whole numbers from 0 to {@link MAX_WAIT}.most. */
const WAIT = /^0*(?:\d{1,6}|[12]\d{6}|3[0-5]\d{5}|3600000)$/;

/** What a shard says of itself and of what it wants. */
export class IdentifyV1Query extends IdentifyQuery {
  @ApiPropertyOptional({
    description: '`high` goes before `normal` in every line.',
    enum: ['normal', 'high'],
    default: 'normal',
  })
  @IsOptional()
  @IsIn(['normal', 'high'], { message: 'must be given once, as normal or high' })
  readonly priority: Priority = 'normal';

  @ApiPropertyOptional({
    description:
      'Whether the permit will be confirmed: then the bucket stays closed until it is, and opens one ' +
      'plain interval later.',
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
    maximum: MAX_WAIT.most,
    default: MAX_WAIT.default,
  })
  @IsOptional()
  @Matches(WAIT, {
    message: `must be given once, as a whole number of milliseconds in digits, from 0 to ${MAX_WAIT.most}`,
  })
  readonly maxWaitMs: string = String(MAX_WAIT.default);
}
