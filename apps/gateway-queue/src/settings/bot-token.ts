import { Secret } from './secret.ts';

/** What a bot token must be, as the end of a sentence that begins with the setting's name. */
export const TOKEN_RULE = 'must be a bot token: one word of printable ASCII characters';

/** People copy the token with the word that the Authorization header wants before it. */
const PREFIX = /^Bot\s+/;

/** The token goes into a header, so it must not be able to end one. */
const ONE_WORD = /^[\x21-\x7e]+$/;

/** @returns undefined when the text can be no token; see {@link TOKEN_RULE} */
export function parseBotToken(text: string): Secret | undefined {
  const token = text.trim().replace(PREFIX, '');
  return ONE_WORD.test(token) ? new Secret(token) : undefined;
}
