import { expect } from 'vitest';

const BODY = `{"message":"You're free to connect now! :)"}`;

/** The answer that lets a shard identify, to the byte. */
export function permit(method = 'GET'): object {
  return {
    status: 200,
    headers: expect.objectContaining({
      'content-type': 'application/json',
      'content-length': String(BODY.length),
    }),
    body: method === 'HEAD' ? '' : BODY,
  };
}

/** A refusal that names the parameter. */
export function refusalOf(parameter: string): object {
  return problem(400, `"parameter":"${parameter}"`);
}

export function notFound(method = 'GET'): object {
  return problem(404, method === 'HEAD' ? '' : '"code":"not-found"');
}

function problem(status: number, inBody: string): object {
  const contentType = expect.stringMatching(/^application\/problem\+json\b/);
  return {
    status,
    headers: expect.objectContaining({ 'content-type': contentType }),
    body: expect.stringContaining(inBody),
  };
}
