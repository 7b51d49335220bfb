import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { PermitStatus } from '@gateway-queue/identify-limiter';
import { Moment } from './moment.ts';
import { Status } from './permit-status.ts';

/** A permit that was given; what it is kept under is its id. */
export class RecentPermitBody {
  @ApiPropertyOptional({
    description: 'Absent when its request named no shard.',
    type: 'integer',
    example: 42,
  })
  readonly shard?: number;

  @ApiProperty({ description: 'The bucket that it closed.', type: 'integer', example: 10 })
  readonly bucket!: number;

  @Moment('When it was given.')
  readonly at!: number;

  @Status()
  readonly status!: PermitStatus;
}
