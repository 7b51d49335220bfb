import { Inject, Injectable, type PipeTransform } from '@nestjs/common';
import { Settings } from '../../settings/settings.ts';
import { noSuchBot } from './unknown-resource.ts';

/** Lets through the id of a bot that is served. */
@Injectable()
export class KnownBotPipe implements PipeTransform<string, string> {
  readonly #bots: ReadonlySet<string>;

  constructor(@Inject(Settings) settings: Settings) {
    this.#bots = new Set(settings.bots.map(({ id }) => id));
  }

  /** @throws Problem when there is no such bot */
  transform(bot: string): string {
    if (!this.#bots.has(bot)) throw noSuchBot();
    return bot;
  }
}
