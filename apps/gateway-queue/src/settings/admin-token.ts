import type { Operator } from '@gateway-queue/operator-records';
import { Secret } from './secret.ts';

/** What an operator shows to be let in. */
export interface AdminToken extends Operator {
  readonly token: Secret;
}

/** What a token must be, as the end of a sentence that begins with what it is. */
export const ADMIN_TOKEN_RULE =
  'must be 16 to 512 printable ASCII characters, without spaces and commas';

/** It goes into a header, so it must not be able to end one; at least as long as is hard to guess. */
const PATTERN = /^[\x21-\x2b\x2d-\x7e]{16,512}$/;

/** @returns undefined when the text can be no token; see {@link ADMIN_TOKEN_RULE} */
export function parseAdminToken(text: string): Secret | undefined {
  return PATTERN.test(text) ? new Secret(text) : undefined;
}
