import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PRIORITIES, type Priority } from '@gateway-queue/identify-limiter';
import { Moment } from '../../live/bodies/moment.ts';

/** A request that waits, at whichever replica. */
export class WaiterBody {
  @ApiProperty({
    description: 'Names the request, for evicting it.',
    example: '7b1f0a52-9a5c-4a57-8d6e-7f6f5d0c9a11.12',
  })
  readonly id!: string;

  @ApiPropertyOptional({
    description: 'Absent when the request names no shard.',
    type: 'integer',
    example: 42,
  })
  readonly shard?: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 10 })
  readonly bucket!: number;

  @ApiProperty({
    description: 'In the line of its bucket, over all replicas: 1 is next.',
    type: 'integer',
    minimum: 1,
    example: 3,
  })
  readonly position!: number;

  @ApiProperty({ enum: PRIORITIES, example: 'normal' })
  readonly priority!: Priority;

  @Moment('When its shard first asked; it has kept its place since then.')
  readonly since!: number;

  @ApiProperty({
    description: 'The replica that holds it.',
    example: 'queue-0-0d9b3a52-0f4e-4c11-9d6a-0b8f4f1f2a77',
  })
  readonly replica!: string;
}

/** A page of the waiters. */
export class WaitersBody {
  @ApiProperty({ description: 'In the order of their ranks.', type: [WaiterBody] })
  readonly items!: readonly WaiterBody[];

  @ApiProperty({
    description: 'How many waiters match, on all pages.',
    type: 'integer',
    minimum: 0,
    example: 128,
  })
  readonly total!: number;

  @ApiPropertyOptional({
    description: 'What to send as `after` for the next page; absent on the last.',
    example: '1_1767225600000.125_42',
  })
  readonly next?: string;
}
