import { timingSafeEqual } from 'node:crypto';
import type { Operator } from '@gateway-queue/operator-records';
import type { AdminToken } from '../settings/admin-token.ts';
import { hashOf } from './token-hash.ts';

/** An operator, and the hash of the operator's token. */
export interface KnownToken extends Operator {
  /** Hex SHA-256. */
  readonly hash: string;
}

interface HashedToken {
  readonly known: KnownToken;
  readonly digest: Buffer;
}

/** The tokens of operators. Only their hashes are kept. */
export class AdminTokens {
  readonly #tokens: readonly HashedToken[];

  constructor(tokens: readonly AdminToken[]) {
    this.#tokens = tokens.map(({ name, role, token }) => {
      const digest = hashOf(token.reveal());
      return { digest, known: { name, role, hash: digest.toString('hex') } };
    });
  }

  /** The operator whose token this is. It takes the same time whichever token matches, and when none does. */
  find(sent: string): KnownToken | undefined {
    const digest = hashOf(sent);
    let found: KnownToken | undefined;
    for (const token of this.#tokens) {
      if (timingSafeEqual(token.digest, digest)) found = token.known;
    }
    return found;
  }

  /** The operator whose token has this {@link KnownToken.hash}. */
  findByHash(hash: string): KnownToken | undefined {
    return this.#tokens.find(({ known }) => known.hash === hash)?.known;
  }
}
