import { Paper, Text } from '@mantine/core';
import type { Bucket } from '../../api/schemas.ts';
import { formatCount } from '../../time/format.ts';
import { StatusMark } from '../../ui/marks/StatusMark.tsx';
import { WAIT_REASONS } from '../../ui/marks/wait-reasons.ts';
import { ShardLink } from '../../ui/ShardLink.tsx';
import { Since } from '../../time/Since.tsx';
import { Stat, Stats } from '../../ui/Stat.tsx';
import { Until } from '../../time/Until.tsx';

interface Props {
  readonly bot: string;
  readonly bucket: Bucket;
}

/** A bucket's line, opening and last permit, and why its first waiter has no permit yet. */
export function BucketSummary({ bot, bucket }: Props) {
  const { throttled, lastPermit, oldestWaitSince, opensAt, reason, waiting } = bucket;
  return (
    <Paper withBorder p="lg" radius="md">
      <Stats>
        <Stat
          label="Waiting"
          value={formatCount(waiting)}
          note={throttled > 0 ? `${formatCount(throttled)} throttled` : undefined}
        />
        <Stat label="Opens in" value={<Until moment={opensAt} past="now" />} />
        <Stat
          label="Oldest wait"
          value={oldestWaitSince === undefined ? '–' : <Since moment={oldestWaitSince} />}
        />
        <Stat
          label="Last permit"
          value={lastPermit === undefined ? '–' : <Since moment={lastPermit.at} suffix=" ago" />}
          note={
            lastPermit === undefined ? (
              'none in the last hour'
            ) : (
              <>
                shard <ShardLink bot={bot} shard={lastPermit.shard} />{' '}
                <StatusMark status={lastPermit.status} />
              </>
            )
          }
        />
      </Stats>
      {reason !== undefined && (
        <Text size="sm" mt="md">
          <strong>Wait reason: {WAIT_REASONS[reason].text}.</strong> {WAIT_REASONS[reason].meaning}
        </Text>
      )}
    </Paper>
  );
}
