import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsOptional, IsString, Validate, ValidatorConstraint } from 'class-validator';
import { wholeNumberRule } from '../http/whole-number.ts';
import { DEFAULT_BOT } from '../settings/bot-settings.ts';

/** Shard ids are 32 bit integers to most clients. */
export const MAX_SHARD = 2 ** 31 - 1;

/** Leading zeros are allowed. */
const DIGITS = /^\d+$/;

/** What a valid shard is, as the end of a sentence that begins with the parameter's name. */
export const SHARD_RULE = wholeNumberRule(0, MAX_SHARD);

/** What helps when no shard is named, as the end of a sentence that begins with the parameter's name. */
export const SHARD_REQUIRED = `is required in the query, like ?shard=42; it ${SHARD_RULE}`;

/** Said of each shard by the API's document. */
const SHARD: ApiPropertyOptions = { example: 42, type: 'integer', minimum: 0, maximum: MAX_SHARD };

@ValidatorConstraint()
class ShardId {
  validate(value: unknown): boolean {
    return typeof value === 'string' && DIGITS.test(value) && Number(value) <= MAX_SHARD;
  }

  defaultMessage({ value }: { readonly value?: unknown } = {}): string {
    return value === undefined ? SHARD_REQUIRED : SHARD_RULE;
  }
}

/** Reads the bot that a request is for, and documents it. */
const BotParameter = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      description: 'The bot that the shard belongs to.',
      type: 'string',
      default: DEFAULT_BOT,
    }),
    IsOptional(),
    IsString({ message: 'must be given once, as the id of a bot' }),
  );

/** The shard and bot that a request is for, on `/`. */
export class IdentifyQuery {
  @ApiPropertyOptional({
    ...SHARD,
    description:
      'The shard that wants to identify. Without it the request may be any shard, and waits in bucket 0; with ' +
      '`REQUIRE_SHARD` it is refused.',
  })
  @IsOptional()
  @Validate(ShardId)
  readonly shard?: string;

  @BotParameter()
  readonly bot: string = DEFAULT_BOT;
}

/** The shard and bot that a request is for, where a shard has to be named. */
export class NamedShardQuery {
  @ApiProperty({ ...SHARD, description: 'The shard that wants to identify.' })
  @Validate(ShardId)
  readonly shard!: string;

  @BotParameter()
  readonly bot: string = DEFAULT_BOT;
}

/** Null when no shard was named. Not a getter of the query: a parameter of the same name would be assigned to it. */
export function shardOf({ shard }: IdentifyQuery): number | null {
  return shard === undefined ? null : Number(shard);
}
