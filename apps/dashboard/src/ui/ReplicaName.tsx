/** The random end of a replica's name that tells processes of one host apart. */
const UUID = /([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A replica's name as far as it is told from others by; all of it when pointed at. */
export function ReplicaName({ name }: { readonly name: string }) {
  return <span title={name}>{name.replace(UUID, '$1')}</span>;
}
