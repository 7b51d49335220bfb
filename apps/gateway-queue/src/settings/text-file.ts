import { readFileSync } from 'node:fs';
import { errorCode } from '../logs/error-code.ts';

/** A file that a setting names cannot be used. The message is the end of a sentence and names no path. */
export class TextFileError extends Error {
  override readonly name = 'TextFileError';
}

/**
 * Reads the file's text without the white space around it.
 *
 * @throws TextFileError when it cannot be read or holds nothing
 */
export function readTextFile(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    const code = errorCode(error) ?? 'unknown reason';
    throw new TextFileError(`names a file that cannot be read (${code})`, { cause: error });
  }
  if (text === '') throw new TextFileError('names a file that is empty');
  return text;
}
