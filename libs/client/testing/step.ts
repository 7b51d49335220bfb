import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

export interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Resolves when the connection has closed or the answer is complete. */
  readonly ended: Promise<void>;
  readonly response: ServerResponse;
}

/** How the fake queue answers one request. */
export type Step = (request: ScriptedRequest) => void;
