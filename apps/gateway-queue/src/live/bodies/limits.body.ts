import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { LIMITS_SOURCES, type LimitsSource } from '@gateway-queue/identify-limiter';
import { Moment } from './moment.ts';

/** What may be started, as the limiter holds it. */
export class LimitsBody {
  @ApiProperty({
    description: "Number of buckets; a shard's bucket is `shard % maxConcurrency`.",
    type: 'integer',
    minimum: 1,
    example: 16,
  })
  readonly maxConcurrency!: number;

  @ApiPropertyOptional({
    description:
      "Discord's own `max_concurrency`, which `maxConcurrency` divides; absent while it is not known, as without a token.",
    type: 'integer',
    minimum: 1,
    example: 16,
  })
  readonly discordMaxConcurrency?: number;

  @ApiProperty({
    description: 'Session starts in a whole window.',
    type: 'integer',
    minimum: 0,
    example: 1000,
  })
  readonly total!: number;

  @ApiProperty({
    description:
      "Where they come from: Discord's answer, an operator's override, or the defaults of a bot without a token.",
    enum: LIMITS_SOURCES,
    example: 'discord',
  })
  readonly source!: LimitsSource;

  @ApiProperty({
    description: 'Changes whenever `maxConcurrency` does.',
    type: 'integer',
    example: 3,
  })
  readonly version!: number;

  @Moment('When they were last reported to the limiter.')
  readonly reportedAt!: number;

  @ApiProperty({
    description: 'Whether the last try to learn them failed, or there was none yet.',
    example: false,
  })
  readonly stale!: boolean;
}
