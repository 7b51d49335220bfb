import { Stack, Table, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { paths } from '../../app/paths.ts';
import { isCut, MAX_KEPT, type PermitLog } from '../../permits/permit-log.ts';
import { repeatedStarts } from '../../permits/repeated-starts.ts';
import { formatCount } from '../../time/format.ts';
import { type ColumnHeader, ColumnHeaders } from '../../ui/tables/ColumnHeaders.tsx';
import { ScrollTable } from '../../ui/tables/ScrollTable.tsx';
import { ShardLink } from '../../ui/ShardLink.tsx';
import { Since } from '../../time/Since.tsx';
import { TextLink } from '../../ui/TextLink.tsx';

const COLUMNS: readonly ColumnHeader[] = [
  { number: 'Shard' },
  { number: 'Bucket' },
  { number: 'Permits' },
  { number: 'Last permit ago' },
];

interface Props {
  readonly bot: string;
  readonly log: PermitLog;
}

/** The shards that started repeatedly and may be in a crash loop. Empty without such a shard. */
export function RepeatedStarts({ bot, log }: Props) {
  const { permits } = log;
  const shards = useMemo(() => repeatedStarts(permits), [permits]);
  if (shards.length === 0) return null;
  return (
    <Stack gap="xs">
      <div>
        <Title order={2} size="h4">
          Repeated starts
        </Title>
        <Text size="sm" c="dimmed">
          Shards with three or more{' '}
          {isCut(log) ? `of the newest ${formatCount(MAX_KEPT)} permits` : 'permits'} in the last
          hour. They may be in a crash loop.
        </Text>
      </div>
      <ScrollTable label="Repeated starts" minWidth={360} isNarrow>
        <ColumnHeaders columns={COLUMNS} />
        <Table.Tbody>
          {shards.map(({ bucket, lastAt, shard, starts }) => (
            <Table.Tr key={shard}>
              <Table.Td data-number>
                <ShardLink bot={bot} shard={shard} />
              </Table.Td>
              <Table.Td data-number>
                <TextLink href={paths.bucket(bot, bucket)}>{bucket}</TextLink>
              </Table.Td>
              <Table.Td data-number>{starts}</Table.Td>
              <Table.Td data-number>
                <Since moment={lastAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </ScrollTable>
    </Stack>
  );
}
