import { type FakeDiscord, monotonicNow } from '../../support/discord/index.ts';
import type { PermitRequest, Start } from '../history.ts';

/** Discord's own count of the session starts. It counts every IDENTIFY, even one that is too early or past the limit. */
export class SessionStartCounter {
  readonly starts: Start[] = [];

  constructor(private readonly discord: FakeDiscord) {}

  identify(request: PermitRequest): void {
    const at = monotonicNow();
    request.identifiedAt = at;
    const remaining = this.discord.info(request.bot).session_start_limit.remaining - 1;
    this.discord.setLimits({ remaining }, request.bot);
    this.starts.push({ bot: request.bot, request: request.number, at, remaining });
  }
}
