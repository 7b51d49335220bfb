/** The UUID at the end of a replica's name: it makes processes of one host differ. */
const UUID = /([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A replica's name with its UUID cut to eight digits, which is enough to tell replicas apart. The full name is the tooltip. */
export function ReplicaName({ name }: { readonly name: string }) {
  return <span title={name}>{name.replace(UUID, '$1')}</span>;
}
