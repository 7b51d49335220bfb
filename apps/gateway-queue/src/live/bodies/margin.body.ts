import { ApiProperty } from '@nestjs/swagger';
import { MomentIfAny } from './moment.ts';

/** What is added to the interval after a permit that is not confirmed. */
export class MarginBody {
  @ApiProperty({
    description:
      'The margin in force, in ms. It grows when Discord seems to refuse shards, and comes back.',
    type: 'integer',
    minimum: 0,
    example: 1000,
  })
  readonly ms!: number;

  @ApiProperty({
    description: '`IDENTIFY_MARGIN_MS`, in ms. The margin is never less.',
    type: 'integer',
    minimum: 0,
    example: 750,
  })
  readonly setMs!: number;

  @MomentIfAny(
    'When it is back at `setMs`, if no shard seems to be refused until then; absent while it is.',
  )
  readonly backAt?: number;

  @ApiProperty({
    description:
      'How many shards asked again within 15 s of their permits, as those do that Discord refuses, in the last hour.',
    type: 'integer',
    minimum: 0,
    example: 2,
  })
  readonly refusals!: number;
}
