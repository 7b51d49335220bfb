import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Whether the store of the limiter answers the replica that made the snapshot. */
export class LimiterBody {
  @ApiProperty({
    description: 'When not, bots and replicas are as they were read last.',
    example: true,
  })
  readonly available!: boolean;

  @ApiPropertyOptional({
    description: 'Why it does not; absent when it does.',
    example: 'There is no connection to Redis yet',
  })
  readonly error?: string;
}
