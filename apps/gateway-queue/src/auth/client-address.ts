import { isIPv4, isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** In place of an address that is not known, such as that of a connection that is already gone. */
const UNKNOWN = 'unknown';

/** An IPv4 address mapped into IPv6 (RFC 4291, 2.5.5.2), as a socket that listens on both reports it. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Groups of 16 bits in an IPv6 address, and how many of them name the network: a customer has at least a /64. */
const GROUPS = 8;
const NETWORK_GROUPS = 4;

/** The parts of a request that say where it comes from. */
export type Addressed = Pick<FastifyRequest, 'ip'> & {
  readonly socket: { readonly remoteAddress?: string | undefined };
};

/**
 * The IP address that a request comes from, as `TRUST_PROXY` has it. A proxy's header can hold any text; only an address is
 * taken from it.
 */
export function addressOf({ ip, socket }: Addressed): string {
  return plain(ip) ?? plain(socket.remoteAddress) ?? UNKNOWN;
}

/** The network of an address, which one client has to itself: the whole address of IPv4, the first 64 bits of IPv6. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  // URL writes every address in one way: lower case, no leading zeros, the longest run of zeros as "::" (RFC 5952).
  const shortest = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = shortest
    .split('::')
    .map((part) => part.split(':').filter(Boolean));
  const zeros = Array.from({ length: GROUPS - head.length - tail.length }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, NETWORK_GROUPS).join(':')}::/64`;
}

function plain(text: string | undefined): string | undefined {
  // Without the zone of a link-local address, which names an interface of this machine.
  const address = text?.split('%', 1)[0] ?? '';
  const mapped = MAPPED.exec(address)?.[1] ?? address;
  return isIPv4(mapped) || isIPv6(mapped) ? mapped : undefined;
}
