import type { ResponseLike } from './fetch-like.ts';

/** Permits and problems have a few hundred bytes. A longer answer than this does not come from the queue. */
const MAX_BYTES = 65_536;

/** Reads the body as text. Rejects when it breaks off or is longer than any answer of the queue. */
export async function readBody({ body }: ResponseLike): Promise<string> {
  if (!body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  // An error in the loop cancels the rest of the body.
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new Error('the answer is too long to be the queue’s');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Parses a JSON object; undefined when the text is anything else. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
