import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Validate, ValidatorConstraint } from 'class-validator';
import { wholeNumberRule } from '../http/whole-number.ts';
import { DEFAULT_BOT } from '../settings/bot-settings.ts';

/** Shard ids are 32 bit integers to most clients. */
export const MAX_SHARD = 2 ** 31 - 1;

/** Leading zeros do no harm. */
const DIGITS = /^\d+$/;

/** What is right for a shard. */
export const SHARD_RULE = wholeNumberRule(0, MAX_SHARD);

@ValidatorConstraint()
class ShardId {
  validate(value: unknown): boolean {
    return typeof value === 'string' && DIGITS.test(value) && Number(value) <= MAX_SHARD;
  }

  defaultMessage(): string {
    return SHARD_RULE;
  }
}

/** What a shard says of itself. */
export class IdentifyQuery {
  @ApiPropertyOptional({
    description:
      'The shard that wants to identify. Without it the request may be any shard, of bucket 0.',
    example: 42,
    type: 'integer',
    minimum: 0,
    maximum: MAX_SHARD,
  })
  @IsOptional()
  @Validate(ShardId)
  readonly shard?: string;

  @ApiPropertyOptional({ description: 'The bot that the shard belongs to.', default: DEFAULT_BOT })
  @IsOptional()
  @IsString({ message: 'must be given once, as the id of a bot' })
  readonly bot: string = DEFAULT_BOT;
}

/** Null when no shard was named. No accessor of the query: a parameter of its name would be written to it. */
export function shardOf({ shard }: IdentifyQuery): number | null {
  return shard === undefined ? null : Number(shard);
}
