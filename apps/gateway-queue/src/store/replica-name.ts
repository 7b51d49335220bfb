import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** Names this process among the replicas: the machine or pod, for people, and what no other process ever has. */
export function newReplicaName(): string {
  return `${hostname().replaceAll(/[^\w.-]/g, '_')}-${randomUUID()}`;
}
