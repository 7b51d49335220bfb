import { ApiProperty } from '@nestjs/swagger';
import { Moment, MomentIfAny } from './moment.ts';

/** A pause that holds. */
export class PauseBody {
  @ApiProperty({
    description: 'Why, in the words of the operator.',
    example: 'Deploying the new shard host',
  })
  readonly reason!: string;

  @ApiProperty({ description: 'The operator who ordered it.', example: 'kim' })
  readonly by!: string;

  @Moment('When it was ordered.')
  readonly since!: number;

  @MomentIfAny('When it ends by itself; absent when only an operator ends it.', 1_767_229_200_000)
  readonly until?: number;

  @ApiProperty({
    description:
      'Whether its bucket does not exist at present, because `maxConcurrency` is smaller. The pause holds again when the bucket exists again.',
    example: false,
  })
  readonly dormant!: boolean;
}
