import { ReplyError } from 'ioredis';
import { RedisError } from './redis-error.ts';

/** What ioredis says when it has no connection. */
const CLOSED =
  /^Connection is closed|^Stream isn't writeable|^None of startup nodes|^Cluster |max retries per request|^Command aborted/;

/** These carry the password, so of the answers to them nothing is passed on but the first word. */
const HANDSHAKE: ReadonlySet<unknown> = new Set(['hello', 'auth']);

/** The driver's error in words, and without what it carries besides. */
export function toRedisError(error: unknown): RedisError {
  if (error instanceof RedisError) return error;
  if (!(error instanceof Error)) return new RedisError('Redis failed for an unknown reason', 'ERR');
  // A name with several addresses: what happened at the first of them.
  if (error instanceof AggregateError) return toRedisError(error.errors[0]);
  if ('lastNodeError' in error && error.lastNodeError instanceof Error) {
    const ofNode = toRedisError(error.lastNodeError);
    // Of a connection that was refused it says no more than that it is closed.
    return ofNode.code === 'CLOSED'
      ? new RedisError('No node of the Redis cluster can be reached', 'CLUSTER')
      : ofNode;
  }
  if (error instanceof ReplyError) return toReply(error);
  const { message } = error;
  if (message === 'Command timed out' || message.startsWith('Socket timeout')) {
    return new RedisError('Redis did not answer in time', 'TIMEOUT');
  }
  if (CLOSED.test(message)) return new RedisError('The connection to Redis was lost', 'CLOSED');
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'ERR';
  return new RedisError(`Redis cannot be reached: ${message}`, code);
}

function toReply(error: Error): RedisError {
  const [code = 'ERR'] = /^[A-Z][A-Z\d_-]*(?= |$)/.exec(error.message) ?? [];
  const said = HANDSHAKE.has(commandOf(error)) ? code : withoutArguments(error.message);
  return new RedisError(`Redis answered with an error: ${said}`, code);
}

/** To an error about a command that it does not know a server adds the command's arguments. */
export function withoutArguments(message: string): string {
  return message.replace(/,? with args beginning with:.*/s, '');
}

/** Name of the command that the server answered with this error, in lower case. */
export function commandOf(error: Error): string | undefined {
  if (!('command' in error) || typeof error.command !== 'object') return undefined;
  const { command } = error;
  return command !== null && 'name' in command ? String(command.name).toLowerCase() : undefined;
}
