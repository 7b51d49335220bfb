import { Group, Progress, Text } from '@mantine/core';
import type { Bot } from '../../../api/schemas.ts';
import { type BotProgress, progressOf } from '../../../permits/progress.ts';
import type { PermitLog } from '../../../permits/permit-log.ts';
import { formatCount, formatDuration, formatTime } from '../../../time/format.ts';
import { useNow } from '../../../time/use-now.ts';
import { WAIT_REASONS } from '../../../ui/marks/wait-reasons.ts';

interface Props {
  readonly bot: Bot;
  readonly log: PermitLog;
}

/** How far those shards have come that wait since the same time, and when the last of them goes. Nothing while nobody waits. */
export function PermitProgress({ bot, log }: Props) {
  const now = useNow();
  const progress = progressOf(bot, log.permits, now);
  if (progress === undefined) return null;
  const { done, waiting } = progress;
  const left = (bot.budget?.remaining ?? Infinity) - (bot.budget?.reserve ?? 0);
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm" fw={600}>
          Boot
        </Text>
        <Text size="sm" c="dimmed">
          {formatCount(done)} of {formatCount(done + waiting)} have gone
        </Text>
      </Group>
      <Progress
        size="lg"
        value={(100 * done) / (done + waiting)}
        aria-label={`${done} of ${done + waiting} have gone`}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {left < waiting
          ? `Session starts are left for ${formatCount(Math.max(0, left))} of them.`
          : describeEnd(progress, now)}
      </Text>
    </div>
  );
}

function describeEnd({ endsAt, heldBy, heldLines }: BotProgress, now: number): string {
  const end =
    endsAt === undefined
      ? undefined
      : `done in about ${formatDuration(endsAt - now)}, at ${formatTime(endsAt)}.`;
  if (heldLines === 0) return end === undefined ? 'No end is in sight.' : `All ${end}`;
  const lines = heldLines === 1 ? '1 line is held' : `${formatCount(heldLines)} lines are held`;
  const held = `${lines}: ${heldBy.map((reason) => WAIT_REASONS[reason].text).join(', ')}.`;
  return end === undefined
    ? `No end is in sight. ${held}`
    : `The lines that move are ${end} ${held}`;
}
