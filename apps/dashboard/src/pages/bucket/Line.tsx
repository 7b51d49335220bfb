import { Group, Stack, Text, Title } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useEvict } from '../../actions/use-evict.ts';
import type { Bucket } from '../../api/schemas.ts';
import { useResource } from '../../api/use-resource.ts';
import { listWaiters } from '../../api/waiters.ts';
import { formatCount } from '../../time/format.ts';
import { Loading } from '../../ui/loading/Loading.tsx';
import { EmptyMessage } from '../../ui/EmptyMessage.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useReloadOnChange } from '../../api/use-reload-on-change.ts';
import { WaitersTable } from '../../ui/tables/WaitersTable.tsx';

const PAGE_SIZE = 50;

interface Props {
  readonly bot: string;
  readonly number: number;
  readonly bucket: Bucket;
}

/** The waiters of a bucket in order, a page at a time: a line may have thousands. */
export function Line({ bot, bucket, number }: Props) {
  // The `after` of each page up to this one.
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const after = cursors.at(-1);
  const load = useCallback(
    (signal: AbortSignal) => listWaiters(bot, { bucket: number, limit: PAGE_SIZE, after }, signal),
    [bot, number, after],
  );
  const { data, isLoading, problem, reload } = useResource(load);
  useReloadOnChange(bucket, reload);
  const onEvict = useEvict(bot, reload);
  const [first] = data?.items ?? [];
  const last = data?.items.at(-1);
  return (
    <Stack gap="sm" component="section" aria-label="Line">
      <Group justify="space-between">
        <Title order={2} size="h4">
          Line
        </Title>
        {data !== undefined && first !== undefined && last !== undefined && (
          <Text size="sm" c="dimmed">
            {formatCount(first.position)} to {formatCount(last.position)} of{' '}
            {formatCount(data.total)}
          </Text>
        )}
      </Group>
      {problem !== undefined && <ProblemAlert problem={problem} onRetry={reload} />}
      {data === undefined && isLoading && <Loading what="the line" />}
      {data?.items.length === 0 && (
        <EmptyMessage
          title={
            cursors.length === 0 ? 'No request waits here' : 'The line does not reach this page'
          }
        >
          A shard appears here as soon as it asks for a permit.
        </EmptyMessage>
      )}
      {data !== undefined && data.items.length > 0 && (
        <WaitersTable bot={bot} waiters={data.items} onEvict={onEvict} />
      )}
      <Pager
        cursors={cursors}
        next={data?.next}
        labels={{ previous: 'Previous page', next: 'Next page' }}
        onChange={setCursors}
      />
    </Stack>
  );
}
