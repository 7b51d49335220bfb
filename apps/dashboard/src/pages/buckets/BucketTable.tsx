import { Table } from '@mantine/core';
import { ScrollTable } from '../../ui/tables/ScrollTable.tsx';
import { BucketRow } from './BucketRow.tsx';
import type { NumberedBucket } from './numbered-bucket.ts';
import { nextSort, type Sort, type SortKey } from './sort-buckets.ts';
import { SortableHeader } from './SortableHeader.tsx';

const COLUMNS: readonly {
  readonly key: SortKey;
  readonly text: string;
  readonly isNumber?: true;
}[] = [
  { key: 'number', text: 'Bucket', isNumber: true },
  { key: 'waiting', text: 'Waiting', isNumber: true },
  { key: 'reason', text: 'Waits for' },
  { key: 'opens', text: 'Opens in', isNumber: true },
  { key: 'oldest', text: 'Oldest wait', isNumber: true },
  { key: 'last', text: 'Last permit' },
];

interface Props {
  readonly bot: string;
  readonly buckets: readonly NumberedBucket[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

/** Buckets as a table with all their values, which the user can sort. */
export function BucketTable({ bot, buckets, onSort, sort }: Props) {
  return (
    <ScrollTable label="Buckets" minWidth={760}>
      <Table.Thead>
        <Table.Tr>
          {COLUMNS.map(({ isNumber = false, key, text }) => (
            <SortableHeader
              key={key}
              text={text}
              isNumber={isNumber}
              direction={
                sort.by === key ? (sort.isDescending ? 'descending' : 'ascending') : 'none'
              }
              onSort={() => onSort(nextSort(sort, key))}
            />
          ))}
          <Table.Th scope="col">Next</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {buckets.map(({ bucket, number, pause }) => (
          <BucketRow
            key={number}
            bot={bot}
            number={number}
            bucket={bucket}
            isPaused={pause !== undefined}
          />
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}
