import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useCallback } from 'react';
import { useEvict } from '../../actions/use-evict.ts';
import { listPermits } from '../../api/permits.ts';
import { useReloadOnChange } from '../../api/use-reload-on-change.ts';
import { useResource } from '../../api/use-resource.ts';
import { listWaiters } from '../../api/waiters.ts';
import { paths } from '../../app/paths.ts';
import { useBot, useSnapshot } from '../../live/live-context.ts';
import { BotSelect } from '../../ui/BotSelect.tsx';
import { Loading } from '../../ui/loading/Loading.tsx';
import { EmptyMessage } from '../../ui/EmptyMessage.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { PermitsTable } from '../../ui/tables/PermitsTable.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { UnknownBot } from '../../ui/UnknownBot.tsx';
import { ShardWait } from './ShardWait.tsx';

/** More permits than a throttled shard can get within an hour. */
const MAX_PERMITS = 50;

interface Props {
  readonly bot: string;
  readonly shard: number;
}

/** A shard's bucket, its waiting requests, and its permits of the last hour. */
export default function ShardPage({ bot: id, shard }: Props) {
  const hasSnapshot = useSnapshot() !== undefined;
  const bot = useBot(id);
  const number = bot?.limits && shard % bot.limits.maxConcurrency;
  const bucket = number === undefined ? undefined : bot?.buckets[number];
  const load = useCallback(
    (signal: AbortSignal) =>
      Promise.all([
        listWaiters(id, { shard }, signal),
        listPermits(id, { shard, limit: MAX_PERMITS }, { signal }),
      ]),
    [id, shard],
  );
  const { data, problem, reload } = useResource(load);
  // While the limits are unknown there is no bucket, but the shard may wait.
  useReloadOnChange(bucket ?? bot, reload);
  const onEvict = useEvict(id, reload);
  const [waiters, permits] = data ?? [];
  if (hasSnapshot && bot === undefined) return <UnknownBot id={id} />;
  return (
    <Stack>
      <PageHeader
        title={`Shard ${shard}`}
        description={
          number === undefined ? (
            `of ${id}; its bucket is unknown until the limits are known`
          ) : (
            <>
              of {id}, in <TextLink href={paths.bucket(id, number)}>bucket {number}</TextLink>
            </>
          )
        }
      >
        <BotSelect bot={id} pathOf={(other) => paths.shard(other, shard)} />
      </PageHeader>
      {problem !== undefined && <ProblemAlert problem={problem} onRetry={reload} />}
      {waiters === undefined && problem === undefined && <Skeleton h={120} />}
      {waiters !== undefined && (
        <ShardWait
          bot={id}
          shard={shard}
          bucket={bucket}
          waiters={waiters.items}
          onEvict={onEvict}
        />
      )}
      <Stack gap="sm" component="section" aria-label="Permits in the last hour">
        <Title order={2} size="h4">
          Permits{' '}
          <Text span inherit size="sm" fw={400} c="dimmed">
            in the last hour
          </Text>
        </Title>
        {permits === undefined && problem === undefined && <Loading what="the permits" />}
        {permits !== undefined && permits.items.length === 0 && (
          <EmptyMessage title="No permit in the last hour">
            The shard has not asked for a permit, still waits for one, or started its session
            earlier.
          </EmptyMessage>
        )}
        {permits !== undefined && permits.items.length > 0 && (
          <PermitsTable bot={id} permits={permits.items} />
        )}
      </Stack>
    </Stack>
  );
}
