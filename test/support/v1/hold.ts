import { Connection } from '../http/connection.ts';
import type { Service } from '../service/service.ts';

/** A request on `/v1/identify` that is sure to be held: the service says that it has read it. */
export async function holdV1(service: Pick<Service, 'url'>, query: string): Promise<Connection> {
  const connection = await Connection.open(service.url);
  await holdV1On(connection, query);
  return connection;
}

/** The same on a connection that stands. */
export async function holdV1On(connection: Connection, query: string): Promise<void> {
  const read = connection.interim();
  connection.send({
    method: 'POST',
    target: `/v1/identify?${query}`,
    headers: ['Host: queue', 'Expect: 100-continue', 'Content-Length: 0'],
  });
  await read;
}
