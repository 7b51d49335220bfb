import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';

/** What is right for a bot that lists are chosen by. */
export const BOT_RULE = 'must be given once, as the id of a bot';

/** Whose pauses. */
export class PausesQuery {
  @ApiPropertyOptional({ description: 'Those of this bot alone.' })
  @IsOptional()
  @IsString({ message: BOT_RULE })
  readonly bot?: string;
}
