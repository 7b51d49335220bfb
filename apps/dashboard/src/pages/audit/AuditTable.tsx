import { Table } from '@mantine/core';
import type { AuditEntry } from '../../api/schemas.ts';
import { Mark } from '../../ui/marks/Mark.tsx';
import { Moment } from '../../time/Moment.tsx';
import { ScrollTable } from '../../ui/tables/ScrollTable.tsx';
import { ACTIONS } from './audit-filter.ts';
import { subjectOf } from './subject-of.ts';

/** What takes something away, or was refused. */
const STRIKING: ReadonlySet<string> = new Set(['login-failed', 'evict']);

/** Entries of the audit log. */
export function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  return (
    <ScrollTable label="Audit log" minWidth={760}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">When</Table.Th>
          <Table.Th scope="col">Who</Table.Th>
          <Table.Th scope="col">What</Table.Th>
          <Table.Th scope="col">To what</Table.Th>
          <Table.Th scope="col">Why</Table.Th>
          <Table.Th scope="col">From</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) => (
          <Table.Tr key={entry.id}>
            <Table.Td>
              <Moment moment={entry.at} />
            </Table.Td>
            <Table.Td>{entry.by ?? 'nobody known'}</Table.Td>
            <Table.Td>
              <Mark tone={STRIKING.has(entry.action) ? 'bad' : 'quiet'}>
                {ACTIONS[entry.action]}
              </Mark>
            </Table.Td>
            <Table.Td data-wraps>{subjectOf(entry)}</Table.Td>
            <Table.Td data-wraps>{entry.reason ?? '–'}</Table.Td>
            <Table.Td>{entry.from}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}
