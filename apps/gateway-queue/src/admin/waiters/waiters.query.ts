import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, Validate, ValidatorConstraint } from 'class-validator';
import type { Rank } from '@gateway-queue/identify-limiter';
import { WholeNumberParameter } from '../../http/whole-number-parameter.ts';
import { BucketParameter } from '../http/bucket-parameter.ts';
import { ShardParameter } from '../http/shard-parameter.ts';
import { CURSOR, CURSOR_RULE, fromCursor } from './rank-cursor.ts';

@ValidatorConstraint()
class IsRank {
  validate(value: unknown): boolean {
    return typeof value === 'object' && value !== null && 'ticket' in value;
  }

  defaultMessage(): string {
    return CURSOR_RULE;
  }
}

/** Which waiters. */
export class WaitersQuery {
  @BucketParameter('Only waiters of this bucket.')
  readonly bucket?: number;

  @ShardParameter('Only waiters of this shard.')
  readonly shard?: number;

  @WholeNumberParameter({ description: 'How many at most.', min: 1, max: 1000, default: 100 })
  readonly limit: number = 100;

  @ApiPropertyOptional({
    description: 'The `next` of the page before: go on behind it.',
    type: String,
    pattern: CURSOR.source,
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? (fromCursor(value) ?? value) : value,
  )
  @Validate(IsRank)
  readonly after?: Rank;
}
