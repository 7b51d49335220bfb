import { createHash } from 'node:crypto';

/** The SHA-256 of a secret, which is kept in its place. The secrets are long and random, so a hash cannot be reversed by trying. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
