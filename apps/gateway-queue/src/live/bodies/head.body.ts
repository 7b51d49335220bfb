import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PRIORITIES, type Priority } from '@gateway-queue/identify-limiter';
import { Moment } from './moment.ts';

/** The next request of a line. */
export class HeadBody {
  @ApiPropertyOptional({
    description: 'Absent when the request names no shard.',
    type: 'integer',
    example: 42,
  })
  readonly shard?: number;

  @ApiProperty({ enum: PRIORITIES, example: 'normal' })
  readonly priority!: Priority;

  @Moment('When its shard first asked; it has kept its place since then.')
  readonly since!: number;
}
