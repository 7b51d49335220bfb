import { Button, Table } from '@mantine/core';
import { useActions } from '../../actions/actions-context.ts';
import { whoOf } from '../../actions/title-of.ts';
import type { Waiter } from '../../api/schemas.ts';
import { useIsOperator } from '../../session/session-context.ts';
import { formatCount } from '../../time/format.ts';
import { Mark } from '../../ui/Mark.tsx';
import { ScrollTable } from '../../ui/ScrollTable.tsx';
import { ShardLink } from '../../ui/ShardLink.tsx';
import { Since } from '../../ui/Since.tsx';

interface Props {
  readonly bot: string;
  readonly waiters: readonly Waiter[];
  readonly onEvicted: () => void;
}

/** Those who wait, the first first. */
export function WaitersTable({ bot, onEvicted, waiters }: Props) {
  const { open } = useActions();
  const isOperator = useIsOperator();
  return (
    <ScrollTable label="Waiters" minWidth={640}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col" data-number>
            Position
          </Table.Th>
          <Table.Th scope="col" data-number>
            Shard
          </Table.Th>
          <Table.Th scope="col" data-number>
            Waits for
          </Table.Th>
          <Table.Th scope="col">Priority</Table.Th>
          <Table.Th scope="col">Replica</Table.Th>
          {isOperator && <Table.Th scope="col">Action</Table.Th>}
        </Table.Tr>
      </Table.Thead>
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
            <Table.Td>{waiter.replica}</Table.Td>
            {isOperator && (
              <Table.Td>
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`Evict ${whoOf(waiter)} at position ${waiter.position}`}
                  onClick={() => open({ kind: 'evict', bot, waiter, onDone: onEvicted })}
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
