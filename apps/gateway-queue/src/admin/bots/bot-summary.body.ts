import { ApiProperty, OmitType } from '@nestjs/swagger';
import { BotBody } from '../../live/bodies/bot.body.ts';

/** A bot, with its id. */
export class NamedBotBody extends BotBody {
  @ApiProperty({ description: 'Its id.', example: 'default' })
  readonly bot!: string;
}

/** A bot without what there is much of. */
export class BotSummaryBody extends OmitType(NamedBotBody, ['buckets', 'recentPermits']) {}

export class BotsBody {
  @ApiProperty({ description: 'In the order of the settings.', type: [BotSummaryBody] })
  readonly items!: readonly BotSummaryBody[];
}
