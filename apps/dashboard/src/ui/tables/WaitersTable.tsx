import { Button, Table } from '@mantine/core';
import type { Waiter } from '../../api/schemas.ts';
import { whoOf } from '../../api/waiters.ts';
import { formatCount } from '../../time/format.ts';
import { Mark } from '../marks/Mark.tsx';
import { ReplicaName } from '../ReplicaName.tsx';
import { type ColumnHeader, ColumnHeaders } from './ColumnHeaders.tsx';
import { ScrollTable } from './ScrollTable.tsx';
import { ShardLink } from '../ShardLink.tsx';
import { Since } from '../../time/Since.tsx';

const COLUMNS: readonly ColumnHeader[] = [
  { number: 'Position' },
  { number: 'Shard' },
  { number: 'Waited' },
  'Priority',
  'Replica',
];

interface Props {
  readonly bot: string;
  readonly waiters: readonly Waiter[];
  /** Opens the dialog that evicts a waiter; undefined for a viewer. */
  readonly onEvict: ((waiter: Waiter) => void) | undefined;
}

/** A table of waiters, in the order given: the first in line first. */
export function WaitersTable({ bot, onEvict, waiters }: Props) {
  return (
    <ScrollTable label="Waiters" minWidth={640}>
      <ColumnHeaders columns={onEvict ? [...COLUMNS, 'Action'] : COLUMNS} />
      <Table.Tbody>
        {waiters.map((waiter) => (
          <Table.Tr key={waiter.id}>
            <Table.Td data-number>{formatCount(waiter.position)}</Table.Td>
            <Table.Td data-number>
              <ShardLink bot={bot} shard={waiter.shard} />
            </Table.Td>
            <Table.Td data-number>
              <Since moment={waiter.since} />
            </Table.Td>
            <Table.Td>
              {waiter.priority === 'high' ? <Mark tone="info">high</Mark> : 'normal'}
            </Table.Td>
            <Table.Td>
              <ReplicaName name={waiter.replica} />
            </Table.Td>
            {onEvict && (
              <Table.Td>
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`Evict ${whoOf(waiter)} at position ${waiter.position}`}
                  onClick={() => onEvict(waiter)}
                >
                  Evict
                </Button>
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}
