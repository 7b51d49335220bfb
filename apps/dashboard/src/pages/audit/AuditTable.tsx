import { Table } from '@mantine/core';
import type { AuditEntry } from '../../api/schemas.ts';
import { Mark } from '../../ui/marks/Mark.tsx';
import { Moment } from '../../time/Moment.tsx';
import { type ColumnHeader, ColumnHeaders } from '../../ui/tables/ColumnHeaders.tsx';
import { ScrollTable } from '../../ui/tables/ScrollTable.tsx';
import { AUDIT_ACTIONS } from './audit-actions.ts';
import { subjectOf } from './subject-of.ts';

const COLUMNS: readonly ColumnHeader[] = [
  'Time',
  'Operator',
  'Action',
  'Target',
  'Reason',
  'Address',
];

/** A table of entries of the audit log. */
export function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  return (
    <ScrollTable label="Audit log" minWidth={760}>
      <ColumnHeaders columns={COLUMNS} />
      <Table.Tbody>
        {entries.map((entry) => (
          <Table.Tr key={entry.id}>
            <Table.Td>
              <Moment moment={entry.at} />
            </Table.Td>
            <Table.Td>{entry.by ?? 'unknown'}</Table.Td>
            <Table.Td>
              <Mark tone={AUDIT_ACTIONS[entry.action].tone}>
                {AUDIT_ACTIONS[entry.action].text}
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
