import { ApiProperty } from '@nestjs/swagger';
import { ReplicaBody } from '../../live/bodies/replica.body.ts';

/** A replica, with its name. */
export class ListedReplicaBody extends ReplicaBody {
  @ApiProperty({
    description: 'Unique to the process; it begins with the name of its machine or pod.',
    example: 'queue-0-0d9b3a52-0f4e-4c11-9d6a-0b8f4f1f2a77',
  })
  readonly replica!: string;
}

export class ReplicasBody {
  @ApiProperty({ description: 'By their names.', type: [ListedReplicaBody] })
  readonly items!: readonly ListedReplicaBody[];
}
