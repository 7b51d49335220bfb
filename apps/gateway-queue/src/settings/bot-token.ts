import { Secret } from './secret.ts';
import { readTextFile, TextFileError } from './text-file.ts';

/** What a valid bot token is, as the end of a sentence that begins with the setting's name. */
export const TOKEN_RULE = 'must be a bot token: one word of printable ASCII characters';

/** Operators copy the token together with the word before it in the Authorization header. */
const PREFIX = /^Bot\s+/;

/** The token is sent in a header, so no character may end the header. */
const ONE_WORD = /^[\x21-\x7e]+$/;

/** @returns undefined when the text breaks the {@link TOKEN_RULE} */
export function parseBotToken(text: string): Secret | undefined {
  const token = text.trim().replace(PREFIX, '');
  return ONE_WORD.test(token) ? new Secret(token) : undefined;
}

/** @throws TextFileError when the file cannot be read, or its text breaks the {@link TOKEN_RULE} */
export function readBotToken(path: string): Secret {
  const token = parseBotToken(readTextFile(path));
  if (token === undefined) throw new TextFileError(`names a file whose text ${TOKEN_RULE}`);
  return token;
}
