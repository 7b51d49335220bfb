/** How long in ms a browser waits before it connects anew. */
const RETRY_MS = 2000;

/** What each stream begins with. */
export const BEGINNING = Buffer.from(`retry: ${RETRY_MS}\n\n`);

/** Says nothing, and keeps proxies from taking the silence for the end. */
export const HEARTBEAT = Buffer.from(':\n\n');

/**
 * An event as it goes over the wire (HTML, 9.2 Server-sent events).
 *
 * @param data JSON, which has no line breaks
 */
export function eventFrame(event: 'snapshot' | 'change', id: string, data: object): Buffer {
  return Buffer.from(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
}
