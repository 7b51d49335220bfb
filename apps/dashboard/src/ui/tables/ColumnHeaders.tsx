import { Table } from '@mantine/core';

/** The header of a column. A column of numbers is aligned to the right. */
export type ColumnHeader = string | { readonly number: string };

/** The row of headers above a table. */
export function ColumnHeaders({ columns }: { readonly columns: readonly ColumnHeader[] }) {
  return (
    <Table.Thead>
      <Table.Tr>
        {columns.map((column) =>
          typeof column === 'string' ? (
            <Table.Th key={column} scope="col">
              {column}
            </Table.Th>
          ) : (
            <Table.Th key={column.number} scope="col" data-number>
              {column.number}
            </Table.Th>
          ),
        )}
      </Table.Tr>
    </Table.Thead>
  );
}
