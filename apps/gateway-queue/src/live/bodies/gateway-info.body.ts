import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MomentIfAny } from './moment.ts';

/** How the replica fares that asks Discord for a bot's limits. */
export class GatewayInfoBody {
  @ApiPropertyOptional({
    description: 'The replica that asks; absent while nobody does.',
    example: 'queue-0-0d9b3a52-0f4e-4c11-9d6a-0b8f4f1f2a77',
  })
  readonly replica?: string;

  @ApiProperty({
    description: 'Whether its last try failed, or there was none yet.',
    example: true,
  })
  readonly stale!: boolean;

  @MomentIfAny('When the limits were last learned; absent while none are known.')
  readonly learnedAt?: number;

  @ApiPropertyOptional({
    description: 'Why its last try failed; absent after one that went well.',
    example: 'Discord did not answer bot default in time.',
  })
  readonly lastError?: string;

  @MomentIfAny('When it tries again after one that failed.')
  readonly nextTryAt?: number;
}
