import { Table } from '@mantine/core';
import type { Replica } from '../../api/schemas.ts';
import { formatCount } from '../../time/format.ts';
import { Mark } from '../../ui/marks/Mark.tsx';
import { ReplicaName } from '../../ui/ReplicaName.tsx';
import { Since } from '../../time/Since.tsx';

interface Props {
  readonly name: string;
  readonly replica: Replica;
}

/** One replica in the table. */
export function ReplicaRow({ name, replica }: Props) {
  const { draining, eventLoopDelayMs, heldRequests, limiterError, limiterLatencyMs } = replica;
  return (
    <Table.Tr>
      <Table.Td>
        <ReplicaName name={name} />
      </Table.Td>
      <Table.Td>
        {limiterError !== undefined && (
          <Mark tone="bad" title={limiterError}>
            limiter unavailable: {limiterError}
          </Mark>
        )}{' '}
        {draining && <Mark tone="warning">shutting down</Mark>}
        {!draining && limiterError === undefined && <Mark tone="good">serving</Mark>}
      </Table.Td>
      <Table.Td data-number>{formatCount(heldRequests)}</Table.Td>
      <Table.Td data-number>
        {limiterLatencyMs === undefined ? '–' : `${limiterLatencyMs.toFixed(1)} ms`}
      </Table.Td>
      <Table.Td data-number>{eventLoopDelayMs.toFixed(1)} ms</Table.Td>
      <Table.Td data-number>
        <Since moment={replica.startedAt} />
      </Table.Td>
      <Table.Td>{replica.version}</Table.Td>
    </Table.Tr>
  );
}
