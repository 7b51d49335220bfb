/** How long a browser waits before it reconnects, in ms. */
const RETRY_MS = 2000;

/** The first bytes of each stream. */
export const BEGINNING = Buffer.from(`retry: ${RETRY_MS}\n\n`);

/** An empty comment. It keeps proxies from closing a stream for its silence. */
export const HEARTBEAT = Buffer.from(':\n\n');

/**
 * An event as it goes over the wire (HTML, 9.2 Server-sent events).
 *
 * @param data JSON, which has no line breaks
 */
export function eventFrame(event: 'snapshot' | 'change', id: string, data: object): Buffer {
  return Buffer.from(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
}
