import { applyDecorators } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { Problem } from '../../http/problem.ts';
import { problemResponse } from '../../http/problem-response.ts';
import { BUCKET_RULE, MAX_BUCKET } from './bucket-in-path.ts';

/** Documents the bot of a path. */
export const BotInPath = (): MethodDecorator & ClassDecorator =>
  ApiParam({
    name: 'bot',
    description: 'The id of a bot.',
    schema: { type: 'string', example: 'default' },
  });

/** Documents the bucket of a path, and the answer to a number that no bucket can have. */
export const BucketInPath = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ApiParam({
      name: 'bucket',
      description: 'The number of a bucket: `shard % maxConcurrency`.',
      schema: { type: 'integer', minimum: 0, maximum: MAX_BUCKET, example: 3 },
    }),
    problemResponse({
      description: 'No bucket can have this number.',
      problems: [Problem.invalidParameter('bucket', BUCKET_RULE).body],
    }),
  );
