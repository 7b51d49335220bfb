import { Skeleton, Stack, Table } from '@mantine/core';
import { useSnapshot } from '../../live/live-context.ts';
import { EmptyMessage } from '../../ui/EmptyMessage.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { type ColumnHeader, ColumnHeaders } from '../../ui/tables/ColumnHeaders.tsx';
import { ScrollTable } from '../../ui/tables/ScrollTable.tsx';
import { ReplicaRow } from './ReplicaRow.tsx';

const COLUMNS: readonly ColumnHeader[] = [
  'Replica',
  'State',
  { number: 'Held requests' },
  { number: 'Limiter latency' },
  { number: 'Event loop delay' },
  { number: 'Up for' },
  'Version',
];

/** The replicas of the service and their state. */
export default function ReplicasPage() {
  const snapshot = useSnapshot();
  const replicas = Object.entries(snapshot?.replicas ?? {});
  return (
    <Stack>
      <PageHeader
        title="Replicas"
        description="Each process of the service that reported within the last 5 s"
      />
      {snapshot === undefined && <Skeleton h={160} />}
      {snapshot !== undefined && replicas.length === 0 && (
        <EmptyMessage title="No replica has reported yet">
          The replica that serves this page reports within a few seconds. If it does not appear,
          read its log.
        </EmptyMessage>
      )}
      {replicas.length > 0 && (
        <ScrollTable label="Replicas" minWidth={860}>
          <ColumnHeaders columns={COLUMNS} />
          <Table.Tbody>
            {replicas.map(([name, replica]) => (
              <ReplicaRow key={name} name={name} replica={replica} />
            ))}
          </Table.Tbody>
        </ScrollTable>
      )}
    </Stack>
  );
}
