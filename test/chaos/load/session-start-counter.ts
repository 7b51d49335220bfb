import { type FakeDiscord, monotonicNow } from '../../support/discord/index.ts';
import type { Ask, Start } from '../history.ts';

/** Discord's own count of the session starts: it takes each IDENTIFY, however early or many they are. */
export class DiscordBook {
  readonly starts: Start[] = [];

  constructor(private readonly discord: FakeDiscord) {}

  identify(ask: Ask): void {
    const at = monotonicNow();
    ask.identifiedAt = at;
    const remaining = this.discord.info(ask.bot).session_start_limit.remaining - 1;
    this.discord.setLimits({ remaining }, ask.bot);
    this.starts.push({ bot: ask.bot, ask: ask.number, at, remaining });
  }
}
