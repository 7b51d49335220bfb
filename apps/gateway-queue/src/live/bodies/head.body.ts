import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Priority } from '@gateway-queue/identify-limiter';
import { Moment } from './moment.ts';

/** Who is next in a line. */
export class HeadBody {
  @ApiPropertyOptional({
    description: 'Absent when its request named no shard.',
    type: 'integer',
    example: 42,
  })
  readonly shard?: number;

  @ApiProperty({ enum: ['normal', 'high'], example: 'normal' })
  readonly priority!: Priority;

  @Moment('When its request came; its shard may have waited before.')
  readonly since!: number;
}
