import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { Moment } from '../../live/bodies/moment.ts';
import { MAX_BUCKETS } from '../../settings/bot-settings.ts';
import { Reason } from '../http/reason.ts';

const RULE = `must be a whole number from 1 to ${MAX_BUCKETS}`;

const MAX_CONCURRENCY = {
  description: "The number of buckets. Where Discord's value is known it has to divide that.",
  type: 'integer',
  minimum: 1,
  maximum: MAX_BUCKETS,
  example: 8,
} as const;

/** An override as an operator wants it. */
export class OverrideOrderBody {
  @ApiProperty(MAX_CONCURRENCY)
  @IsInt({ message: RULE })
  @Min(1, { message: RULE })
  @Max(MAX_BUCKETS, { message: RULE })
  readonly maxConcurrency!: number;

  @Reason()
  readonly reason!: string;
}

/** An override that holds. */
export class OverrideBody {
  @ApiProperty(MAX_CONCURRENCY)
  readonly maxConcurrency!: number;

  @ApiProperty({
    description: 'Why, in the words of the operator.',
    example: 'To start more slowly',
  })
  readonly reason!: string;

  @ApiProperty({ description: 'The operator who put it.', example: 'kim' })
  readonly by!: string;

  @Moment('When it was put.')
  readonly since!: number;
}
