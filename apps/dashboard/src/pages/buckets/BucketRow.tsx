import { Table } from '@mantine/core';
import { memo } from 'react';
import { BUCKET_COLUMNS, type RowData } from './bucket-columns.tsx';

/** One bucket of the table. Renders again only when one of its values changes. */
export const BucketRow = memo(function BucketRow(row: RowData) {
  return (
    <Table.Tr>
      {BUCKET_COLUMNS.map(({ cell, isNumber, key }) => (
        <Table.Td key={key} data-number={isNumber || undefined}>
          {cell(row)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
});
