import { Paper, Stack, Text } from '@mantine/core';
import type { Bucket, Waiter } from '../../api/schemas.ts';
import { formatCount } from '../../time/format.ts';
import { WAIT_REASONS } from '../../ui/marks/wait-reasons.ts';
import { WaitersTable } from '../../ui/tables/WaitersTable.tsx';

interface Props {
  readonly bot: string;
  readonly bucket: Bucket | undefined;
  /** The requests of the shard that are held; more than one when it asked again without leaving. */
  readonly waiters: readonly Waiter[];
  /** Begins to end a wait; undefined for who may not. */
  readonly onEvict: ((waiter: Waiter) => void) | undefined;
}

/** Whether a shard waits, how far in front it is, and why it waits. */
export function ShardWait({ bot, bucket, onEvict, waiters }: Props) {
  const [first] = waiters;
  if (first === undefined) {
    return (
      <Paper withBorder p="lg" radius="md">
        <Text fw={600} size="lg">
          It does not wait.
        </Text>
      </Paper>
    );
  }
  // There are no buckets yet while the limits are unknown.
  const reason = bucket === undefined ? 'limits-unknown' : bucket.reason;
  return (
    <Stack gap="sm">
      <Paper withBorder p="lg" radius="md">
        <Text fw={600} size="lg">
          It waits, at position {formatCount(first.position)}
          {bucket !== undefined && ` of ${formatCount(Math.max(bucket.waiting, first.position))}`}.
        </Text>
        {reason !== undefined && (
          <Text size="sm" c="dimmed">
            Why the first of its line waits ({WAIT_REASONS[reason].text}):{' '}
            {WAIT_REASONS[reason].meaning}
          </Text>
        )}
        {bucket !== undefined && bucket.throttled > 0 && (
          <Text size="sm" c="dimmed">
            Throttling holds {formatCount(bucket.throttled)} of the {formatCount(bucket.waiting)} in
            its line, perhaps this one: it holds shards that were given many permits within a short
            time, and others pass them.
          </Text>
        )}
      </Paper>
      <WaitersTable bot={bot} waiters={waiters} onEvict={onEvict} />
    </Stack>
  );
}
