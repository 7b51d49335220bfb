import { Group, Progress, Text } from '@mantine/core';
import type { Bot } from '../../../api/schemas.ts';
import { type BotProgress, progressOf } from '../../../permits/progress.ts';
import type { PermitLog } from '../../../permits/permit-log.ts';
import { formatCount, formatCountOf, formatDuration, formatTime } from '../../../time/format.ts';
import { useNow } from '../../../time/use-now.ts';
import { WAIT_REASONS } from '../../../ui/marks/wait-reasons.ts';

interface Props {
  readonly bot: Bot;
  readonly log: PermitLog;
}

/** How many requests of the present run have their permit, and when the last one gets it. Empty while no request waits. */
export function PermitProgress({ bot, log }: Props) {
  const now = useNow();
  const progress = progressOf(bot, log.permits, now);
  if (progress === undefined) return null;
  const { granted, waiting } = progress;
  const all = granted + waiting;
  const text = `${formatCount(granted)} of ${formatCount(all)} requests have a permit`;
  const startsLeft = (bot.budget?.remaining ?? Infinity) - (bot.budget?.reserve ?? 0);
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm" fw={600}>
          Progress
        </Text>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </Group>
      <Progress size="lg" value={(100 * granted) / all} aria-label={text} />
      <Text size="xs" c="dimmed" mt={4}>
        {startsLeft < waiting
          ? `Session starts left for ${formatCountOf(waiting, 'waiting request')}: ${formatCount(Math.max(0, startsLeft))}.`
          : describeEnd(progress, now)}
      </Text>
    </div>
  );
}

function describeEnd({ blockedBuckets, blockedBy, endsAt }: BotProgress, now: number): string {
  const end =
    endsAt === undefined
      ? undefined
      : `in about ${formatDuration(endsAt - now)}, at ${formatTime(endsAt)}.`;
  if (blockedBuckets === 0)
    return end === undefined ? 'No estimate yet.' : `Last permit expected ${end}`;
  const reasons = blockedBy.map((reason) => WAIT_REASONS[reason].text).join(', ');
  const blocked = `${formatCountOf(blockedBuckets, 'bucket')} blocked: ${reasons}.`;
  return end === undefined
    ? `No estimate: ${blocked}`
    : `Last permit of the other buckets expected ${end} ${blocked}`;
}
