import { ApiProperty } from '@nestjs/swagger';
import { Moment, MomentIfAny } from './moment.ts';

/** A pause that holds. */
export class PauseBody {
  @ApiProperty({
    description: 'Why it was ordered, in the words of who did it.',
    example: 'Deploying the new shard host',
  })
  readonly reason!: string;

  @ApiProperty({ description: 'Who ordered it.', example: 'kim' })
  readonly by!: string;

  @Moment('When it was ordered.')
  readonly since!: number;

  @MomentIfAny('When it ends by itself; absent when it does not.', 1_767_229_200_000)
  readonly until?: number;

  @ApiProperty({
    description:
      'Whether its bucket does not exist, since `maxConcurrency` shrank: it holds again when the bucket is back.',
    example: false,
  })
  readonly dormant!: boolean;
}
