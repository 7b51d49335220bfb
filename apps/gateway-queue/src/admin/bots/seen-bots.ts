import { Inject, Injectable } from '@nestjs/common';
import { LiveState } from '../../live/live-state.ts';
import { UNKNOWN_BOT } from '../../live/snapshot/make-bot.ts';
import { available } from '../available.ts';
import { Settings } from '../../settings/settings.ts';
import type { NamedBotBody } from './bot-summary.body.ts';

/** The bots of the live state. The methods reject with a Problem while the limiter's store is away. */
@Injectable()
export class SeenBots {
  constructor(
    @Inject(LiveState) private readonly live: LiveState,
    @Inject(Settings) private readonly settings: Settings,
  ) {}

  /** In the order of the settings. */
  async all(): Promise<NamedBotBody[]> {
    const { bots } = available(await this.live.snapshot());
    return this.settings.bots.map(({ id }) => Object.assign({ bot: id }, bots[id] ?? UNKNOWN_BOT));
  }

  async one(bot: string): Promise<NamedBotBody> {
    const { bots } = available(await this.live.snapshot());
    return Object.assign({ bot }, bots[bot] ?? UNKNOWN_BOT);
  }
}
