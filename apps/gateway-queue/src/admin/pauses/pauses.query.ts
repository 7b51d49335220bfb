import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';

/** The rule for `bot`. */
export const BOT_RULE = 'must be given once, as the id of a bot';

/** Which pauses. */
export class PausesQuery {
  @ApiPropertyOptional({ description: 'Only pauses of this bot.' })
  @IsOptional()
  @IsString({ message: BOT_RULE })
  readonly bot?: string;
}
