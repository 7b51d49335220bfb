import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IgnoredBody } from './ignored.body.ts';
import { MomentIfAny } from './moment.ts';

/** How the last tries went to learn a bot's limits from Discord. */
export class GatewayInfoBody {
  @ApiPropertyOptional({
    description: 'The replica that asks Discord; absent while none does.',
    example: 'queue-0-0d9b3a52-0f4e-4c11-9d6a-0b8f4f1f2a77',
  })
  readonly replica?: string;

  @ApiProperty({
    description: 'Whether the last try failed, or there was none yet.',
    example: true,
  })
  readonly stale!: boolean;

  @MomentIfAny('When the limits were last learned; absent while none are known.')
  readonly learnedAt?: number;

  @ApiPropertyOptional({
    description: 'Why the last try failed; absent after a success.',
    example: 'Discord did not answer bot default in time.',
  })
  readonly lastError?: string;

  @MomentIfAny("When the next try comes after a failure, on that replica's wall clock.")
  readonly nextTryAt?: number;

  @ApiPropertyOptional({
    description:
      "The override or setting of max_concurrency that does not divide Discord's, so that Discord's holds; absent otherwise.",
    type: IgnoredBody,
  })
  readonly ignored?: IgnoredBody;
}
