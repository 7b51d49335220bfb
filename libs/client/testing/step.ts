import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

export interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Resolves when its connection has closed or its answer is complete. */
  readonly ended: Promise<void>;
  readonly response: ServerResponse;
}

/** What is done with one request. */
export type Step = (request: ScriptedRequest) => void;
