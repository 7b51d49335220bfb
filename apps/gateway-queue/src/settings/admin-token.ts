import type { Operator } from '@gateway-queue/operator-records';
import { Secret } from './secret.ts';

/** An operator's token, with the name and role that it stands for. */
export interface AdminToken extends Operator {
  readonly token: Secret;
}

/** What a valid token is, as the end of a sentence whose subject is the token. */
export const ADMIN_TOKEN_RULE =
  'must be 16 to 512 printable ASCII characters, without spaces and commas';

/** Tokens are sent in a header, so no character may end the header. 16 characters are hard enough to guess. */
const PATTERN = /^[\x21-\x2b\x2d-\x7e]{16,512}$/;

/** @returns undefined when the text breaks the {@link ADMIN_TOKEN_RULE} */
export function parseAdminToken(text: string): Secret | undefined {
  return PATTERN.test(text) ? new Secret(text) : undefined;
}
