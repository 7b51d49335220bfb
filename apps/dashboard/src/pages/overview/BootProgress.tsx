import { Group, Progress, Text } from '@mantine/core';
import type { Bot } from '../../api/schemas.ts';
import { bootOf } from '../../permits/boot.ts';
import type { PermitLog } from '../../permits/permit-log.ts';
import { formatCount, formatDuration, formatTime } from '../../time/format.ts';
import { useNow } from '../../time/use-now.ts';

interface Props {
  readonly bot: Bot;
  readonly log: PermitLog;
}

/** How far those shards have come that wait since the same time, and when the last of them goes. Nothing while nobody waits. */
export function BootProgress({ bot, log }: Props) {
  const now = useNow();
  const boot = bootOf(bot, log.permits, now);
  if (boot === undefined) return null;
  const { done, endsAt, waiting } = boot;
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
          : describeEnd(endsAt, now)}
      </Text>
    </div>
  );
}

function describeEnd(endsAt: number | undefined, now: number): string {
  if (endsAt === undefined) return 'No end is in sight while something holds a line.';
  return `Done in about ${formatDuration(endsAt - now)}, at ${formatTime(endsAt)}.`;
}
