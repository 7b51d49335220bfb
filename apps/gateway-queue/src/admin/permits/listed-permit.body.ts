import { ApiProperty } from '@nestjs/swagger';
import { RecentPermitBody } from '../../live/bodies/recent-permit.body.ts';

/** A permit that was given, with its id. */
export class ListedPermitBody extends RecentPermitBody {
  @ApiProperty({
    description: 'As its client knows it.',
    example: 'default:0d9b3a52-0f4e-4c11-9d6a-0b8f4f1f2a77',
  })
  readonly id!: string;
}

export class PermitsBody {
  @ApiProperty({ description: 'Newest first.', type: [ListedPermitBody] })
  readonly items!: readonly ListedPermitBody[];
}
