import { Table } from '@mantine/core';
import type { AuditAction, AuditEntry } from '../../api/schemas.ts';
import { Mark } from '../../ui/marks/Mark.tsx';
import { Moment } from '../../time/Moment.tsx';
import { ScrollTable } from '../../ui/tables/ScrollTable.tsx';
import { ACTIONS } from './audit-filter.ts';
import { subjectOf } from './subject-of.ts';

/** The actions that are marked red. */
const RED: ReadonlySet<AuditAction> = new Set<AuditAction>(['login-failed', 'evict']);

/** A table of entries of the audit log. */
export function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  return (
    <ScrollTable label="Audit log" minWidth={760}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Time</Table.Th>
          <Table.Th scope="col">Operator</Table.Th>
          <Table.Th scope="col">Action</Table.Th>
          <Table.Th scope="col">Target</Table.Th>
          <Table.Th scope="col">Reason</Table.Th>
          <Table.Th scope="col">Address</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) => (
          <Table.Tr key={entry.id}>
            <Table.Td>
              <Moment moment={entry.at} />
            </Table.Td>
            <Table.Td>{entry.by ?? 'unknown'}</Table.Td>
            <Table.Td>
              <Mark tone={RED.has(entry.action) ? 'bad' : 'quiet'}>{ACTIONS[entry.action]}</Mark>
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
