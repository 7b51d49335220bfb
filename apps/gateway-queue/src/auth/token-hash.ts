import { createHash } from 'node:crypto';

/** SHA-256: what is kept of a secret. The secrets here are long and random, so none is found again by trying. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
