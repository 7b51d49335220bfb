import type { Cluster } from '../cluster/cluster.ts';
import { AdminClient } from './admin-client.ts';

/** An operator, `ada`, who asks the replica of this number. */
export function adminAt(cluster: Cluster, index: number): AdminClient {
  return AdminClient.as('ada', cluster.replica(index));
}

/** The same at each of them. */
export function adminsOf(cluster: Cluster): AdminClient[] {
  return cluster.replicas.map((replica) => AdminClient.as('ada', replica));
}
