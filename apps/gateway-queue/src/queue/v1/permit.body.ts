import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { GivenPermit } from '@gateway-queue/identify-queue';
import { toPermitId } from './permit-id.ts';

/** Leave for one shard to identify once. */
export class PermitBody {
  @ApiProperty({
    description: 'The id of the permit, to confirm or release it.',
    example: 'default:0d9b3a52-0f4e-4c11-9d6a-0b8f4f1f2a77',
  })
  readonly id!: string;

  @ApiProperty({ example: 'default' })
  readonly bot!: string;

  // The queue knows permits without a shard, too; a request on `/v1` names one.
  @ApiProperty({ type: 'integer', example: 42 })
  readonly shard!: number | null;

  @ApiProperty({ description: '`shard % max_concurrency`', type: 'integer', example: 10 })
  readonly bucket!: number;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T00:00:00.000Z' })
  readonly grantedAt!: string;

  @ApiProperty({
    description: 'How long the request was held, in ms.',
    type: 'integer',
    example: 5250,
  })
  readonly waitedMs!: number;

  @ApiPropertyOptional({
    description:
      'With `confirm=true`: until when the bucket waits for the confirmation. Without it the bucket opens an ' +
      'unconfirmed interval later, and until then the permit can still be confirmed.',
    format: 'date-time',
    example: '2026-01-01T00:00:10.000Z',
  })
  readonly confirmBy?: string;
}

/** @param wallNow the moment of the permit, in ms since the Unix epoch */
export function toPermitBody(permit: GivenPermit, wallNow: number): PermitBody {
  const { bot, bucket, confirmWithinMs, shard, waitedMs } = permit;
  return {
    id: toPermitId(permit),
    bot,
    shard,
    bucket,
    grantedAt: new Date(wallNow).toISOString(),
    waitedMs: Math.round(waitedMs),
    ...(confirmWithinMs !== null && {
      confirmBy: new Date(wallNow + confirmWithinMs).toISOString(),
    }),
  };
}
