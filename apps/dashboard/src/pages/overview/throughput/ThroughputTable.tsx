import '@mantine/core/styles/Table.layer.css';
import { Table } from '@mantine/core';
import type { Throughput } from '../../../permits/throughput.ts';
import { formatCount, formatMinute } from '../../../time/format.ts';
import classes from './ThroughputPanel.module.css';

/** Permits per minute as a table, newest first. */
export default function ThroughputTable({ minutes }: { readonly minutes: readonly Throughput[] }) {
  return (
    <section
      className={classes.scroll}

      aria-label="Permits per minute, table"
      // A region that scrolls has to be reachable by keyboard (WCAG 2.2, 2.1.1).
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <Table stickyHeader verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Minute</Table.Th>
            <Table.Th scope="col" ta="right">
              Permits
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {minutes.toReversed().map(({ at, isCurrent, permits }) => (
            <Table.Tr key={at}>
              <Table.Td>
                {formatMinute(at)}
                {isCurrent && ' (so far)'}
              </Table.Td>
              <Table.Td ta="right">{formatCount(permits)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
