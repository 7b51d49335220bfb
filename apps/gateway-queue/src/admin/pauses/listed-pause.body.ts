import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PauseBody } from '../../live/bodies/pause.body.ts';

/** A pause, with its scope. */
export class ScopedPauseBody extends PauseBody {
  @ApiProperty({ example: 'default' })
  readonly bot!: string;

  @ApiPropertyOptional({
    description: 'Absent when the whole bot is paused.',
    type: 'integer',
    minimum: 0,
    example: 3,
  })
  readonly bucket?: number;
}

export class PausesBody {
  @ApiProperty({
    description: "Bot by bot, the whole bot's first, then by bucket.",
    type: [ScopedPauseBody],
  })
  readonly items!: readonly ScopedPauseBody[];
}
