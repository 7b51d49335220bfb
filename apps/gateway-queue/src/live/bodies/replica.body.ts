import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Moment } from './moment.ts';

/** One process of the service, as it reports itself. */
export class ReplicaBody {
  @ApiProperty({ description: 'Of the service.', example: '0.1.0' })
  readonly version!: string;

  @Moment('When it started.')
  readonly startedAt!: number;

  @ApiProperty({
    description: 'How many requests it holds.',
    type: 'integer',
    minimum: 0,
    example: 64,
  })
  readonly heldRequests!: number;

  @ApiProperty({
    description:
      'How late its event loop was in the last second, in ms: what 99 of 100 measurements stay below.',
    example: 0.4,
  })
  readonly eventLoopDelayMs!: number;

  @ApiPropertyOptional({
    description: "How long the limiter's store took to answer, in ms; absent when it did not.",
    example: 0.8,
  })
  readonly limiterLatencyMs?: number;

  @ApiPropertyOptional({
    description: "Why the limiter's store did not answer; absent when it did.",
    example: 'The connection to Redis has been closed',
  })
  readonly limiterError?: string;

  @ApiProperty({ description: 'Whether it shuts down.', example: false })
  readonly draining!: boolean;

  @Moment('When it reported this. A replica that has not reported for 5 s is not listed.')
  readonly reportedAt!: number;
}
