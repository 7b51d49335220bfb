import type { Logger } from '@nestjs/common';
import type { BotSettings } from '../settings/bot-settings.ts';
import type { Secret } from '../settings/secret.ts';
import { TextFileError } from '../settings/text-file.ts';

/** What is logged of a token. */
type TokenLogger = Pick<Logger, 'log' | 'warn'>;

/** A bot's token. One that came from a file is read again, since a mounted secret can be replaced while the service runs. */
export class CurrentToken {
  readonly #bot: Pick<BotSettings, 'id' | 'rereadToken'>;
  readonly #logger: TokenLogger;
  #token: Secret;
  /** The last warning; null since the file was usable. */
  #warning: string | null = null;

  constructor(token: Secret, bot: Pick<BotSettings, 'id' | 'rereadToken'>, logger: TokenLogger) {
    this.#token = token;
    this.#bot = bot;
    this.#logger = logger;
  }

  reveal(): string {
    return this.#token.reveal();
  }

  /**
   * Reads the token again. When the file has no usable one the old token stays, and the log says so once.
   *
   * @returns whether the token is another one now
   */
  reread(): boolean {
    const { id, rereadToken } = this.#bot;
    if (rereadToken === undefined) return false;
    let read: Secret;
    try {
      read = rereadToken();
    } catch (error) {
      if (!(error instanceof TextFileError)) throw error;
      return this.#keep(`the setting of the token ${error.message}`);
    }
    if (read.reveal() === this.reveal()) {
      this.#warning = null;
      return false;
    }
    if (!areOfOneApplication(read.reveal(), this.reveal())) {
      return this.#keep('the file has a token of another application, which takes a restart');
    }
    this.#warning = null;
    this.#token = read;
    this.#logger.log(`Bot ${id} has another token from its file`);
    return true;
  }

  #keep(reason: string): false {
    const warning = `Bot ${this.#bot.id} keeps its old token: ${reason}`;
    if (warning !== this.#warning) this.#logger.warn(warning);
    this.#warning = warning;
    return false;
  }
}

/** The part of a token before its first dot is the application's id. A text of another form tells nothing. */
function areOfOneApplication(one: string, other: string): boolean {
  const [first = '', ...rest] = one.split('.');
  const [second, ...others] = other.split('.');
  return rest.length !== 2 || others.length !== 2 || first === second;
}
