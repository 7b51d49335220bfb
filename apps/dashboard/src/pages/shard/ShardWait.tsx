import { Paper, Stack, Text } from '@mantine/core';
import type { Bucket, Waiter } from '../../api/schemas.ts';
import { formatCount } from '../../time/format.ts';
import { WAIT_REASONS } from '../../ui/marks/wait-reasons.ts';
import { WaitersTable } from '../../ui/tables/WaitersTable.tsx';

interface Props {
  readonly bot: string;
  readonly shard: number;
  /** Undefined while the bot's limits are unknown. */
  readonly bucket: Bucket | undefined;
  /** The shard's waiting requests. It has several if it asked again without closing the first. */
  readonly waiters: readonly Waiter[];
  /** Opens the dialog that evicts a waiter; undefined for a viewer. */
  readonly onEvict: ((waiter: Waiter) => void) | undefined;
}

/** Whether a shard waits, at which position of its line, and why the line waits. */
export function ShardWait({ bot, bucket, onEvict, shard, waiters }: Props) {
  const [first] = waiters;
  if (first === undefined) {
    return (
      <Paper withBorder p="lg" radius="md">
        <Text fw={600} size="lg">
          Shard {shard} has no waiting request.
        </Text>
      </Paper>
    );
  }
  const reason = bucket === undefined ? 'limits-unknown' : bucket.reason;
  return (
    <Stack gap="sm">
      <Paper withBorder p="lg" radius="md">
        <Text fw={600} size="lg">
          Shard {shard} waits at position {formatCount(first.position)}
          {bucket !== undefined && ` of ${formatCount(Math.max(bucket.waiting, first.position))}`}.
        </Text>
        {reason !== undefined && (
          <Text size="sm" c="dimmed">
            Wait reason of the first request in its line: {WAIT_REASONS[reason].text}.{' '}
            {WAIT_REASONS[reason].meaning}
          </Text>
        )}
        {bucket !== undefined && bucket.throttled > 0 && (
          <Text size="sm" c="dimmed">
            Throttled requests in its line: {formatCount(bucket.throttled)} of{' '}
            {formatCount(bucket.waiting)}. This shard may be among them. A shard that starts too
            often in a short time is throttled, and other shards pass it.
          </Text>
        )}
      </Paper>
      <WaitersTable bot={bot} waiters={waiters} onEvict={onEvict} />
    </Stack>
  );
}
