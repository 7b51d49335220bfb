import type { FastifyRequest } from 'fastify';
import { type Addressed, addressOf } from '../auth/client-address.ts';

/** The longest part of a `User-Agent` that is logged. */
const MAX_AGENT_LENGTH = 100;

/** A word as long as a token may be one that was sent in the wrong header. */
const LONG_WORDS = /[^\s()<>,;]{40,}/g;

/** Who sent a request, as the log says it. */
export interface Client {
  /** As `TRUST_PROXY` has it. */
  readonly address: string;
  /** What the client says that it is; empty when it says nothing. */
  readonly agent: string;
}

export function clientOf(request: Addressed & Pick<FastifyRequest, 'headers'>): Client {
  const said = request.headers['user-agent'] ?? '';
  return {
    address: addressOf(request),
    agent: said.replaceAll(LONG_WORDS, '...').slice(0, MAX_AGENT_LENGTH),
  };
}
