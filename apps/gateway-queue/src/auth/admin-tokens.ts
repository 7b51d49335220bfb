import { timingSafeEqual } from 'node:crypto';
import type { Operator } from '@gateway-queue/operator-records';
import type { AdminToken } from '../settings/admin-token.ts';
import { hashOf } from './token-hash.ts';

/** An operator, and what the token is known by. */
export interface KnownToken extends Operator {
  /** Hex SHA-256. */
  readonly hash: string;
}

interface HashedToken {
  readonly known: KnownToken;
  readonly digest: Buffer;
}

/** The tokens that let operators in. Only their hashes are kept. */
export class AdminTokens {
  readonly #tokens: readonly HashedToken[];

  constructor(tokens: readonly AdminToken[]) {
    this.#tokens = tokens.map(({ name, role, token }) => {
      const digest = hashOf(token.reveal());
      return { digest, known: { name, role, hash: digest.toString('hex') } };
    });
  }

  /** Whose token this is. Takes as long whether it is the first one, the last one or none. */
  find(sent: string): KnownToken | undefined {
    const digest = hashOf(sent);
    let found: KnownToken | undefined;
    for (const token of this.#tokens) {
      if (timingSafeEqual(token.digest, digest)) found = token.known;
    }
    return found;
  }

  /** Whose token has this hash, as {@link KnownToken.hash} has it. */
  findByHash(hash: string): KnownToken | undefined {
    return this.#tokens.find(({ known }) => known.hash === hash)?.known;
  }
}
