import type { Service } from '../service/service.ts';
import { Connection } from './connection.ts';
import type { WireRequest } from './request.ts';
import type { Answer } from './response-reader.ts';

/** Asks on a connection of its own, and ends that once the answer has come. */
export async function ask(service: Service, request: WireRequest): Promise<Answer> {
  const connection = await Connection.open(service.url);
  connection.send(request);
  const answer = await connection.answer();
  connection.reset();
  return answer;
}

/**
 * A request that is sure to be held: it asks for a `100 Continue`, with which the service says that it
 * has read it.
 */
export async function hold(service: Service, target: string): Promise<Connection> {
  const connection = await Connection.open(service.url);
  await holdOn(connection, target);
  return connection;
}

/** The same on a connection that stands. */
export async function holdOn(connection: Connection, target: string): Promise<void> {
  const read = connection.interim();
  connection.send({ target, headers: ['Host: queue', 'Expect: 100-continue'] });
  await read;
}

/** Resolves when the service has seen whatever was done to its connections before. */
export async function seenBy(service: Service): Promise<void> {
  await ask(service, { target: '/health/live' });
}
