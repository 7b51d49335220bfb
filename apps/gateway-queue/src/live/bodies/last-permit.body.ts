import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { PermitStatus } from '@gateway-queue/identify-limiter';
import { Moment } from './moment.ts';
import { Status } from './permit-status.ts';

/** The permit that a bucket gave last. */
export class LastPermitBody {
  @ApiProperty({
    description: 'As its client knows it.',
    example: 'default:0d9b3a52-0f4e-4c11-9d6a-0b8f4f1f2a77',
  })
  readonly id!: string;

  @ApiPropertyOptional({
    description: 'Absent when its request named no shard.',
    type: 'integer',
    example: 42,
  })
  readonly shard?: number;

  @Moment('When it was given.')
  readonly at!: number;

  @Status()
  readonly status!: PermitStatus;
}
