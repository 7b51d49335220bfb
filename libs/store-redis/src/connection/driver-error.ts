import { ReplyError } from 'ioredis';
import { RedisError } from './redis-error.ts';

/** The messages of ioredis when it has no connection. */
const CLOSED =
  /^Connection is closed|^Stream isn't writeable|^None of startup nodes|^Cluster |max retries per request|^Command aborted/;

/** These commands carry the password. Of an error that answers them only the first word is passed on. */
const HANDSHAKE: ReadonlySet<unknown> = new Set(['hello', 'auth']);

/** The driver's error in words, without the command and other data that the driver attaches. */
export function toRedisError(error: unknown): RedisError {
  if (error instanceof RedisError) return error;
  if (!(error instanceof Error)) return new RedisError('Redis failed for an unknown reason', 'ERR');
  // The host has several addresses: the error of the first one stands for all.
  if (error instanceof AggregateError) return toRedisError(error.errors[0]);
  if ('lastNodeError' in error && error.lastNodeError instanceof Error) {
    const ofNode = toRedisError(error.lastNodeError);
    // ioredis says of a refused connection only that it is closed.
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

/** The message without the arguments of the command, which a server adds when it does not know the command. */
export function withoutArguments(message: string): string {
  return message.replace(/,? with args beginning with:.*/s, '');
}

/** Name of the command that the server answered with this error, in lower case. */
export function commandOf(error: Error): string | undefined {
  if (!('command' in error) || typeof error.command !== 'object') return undefined;
  const { command } = error;
  return command !== null && 'name' in command ? String(command.name).toLowerCase() : undefined;
}
