import type { Bot, WaitReason } from '../../../api/schemas.ts';
import { paths } from '../../../app/paths.ts';
import { isBlocked } from '../../../permits/is-blocked.ts';
import { WAIT_REASONS } from '../../../ui/marks/wait-reasons.ts';
import { TextLink } from '../../../ui/TextLink.tsx';

interface Props {
  readonly id: string;
  readonly bot: Bot;
}

/** How many buckets something else holds than the interval, and what. */
export function BlockedBuckets({ bot, id }: Props) {
  const counts = new Map<WaitReason, number>();
  for (const bucket of Object.values(bot.buckets)) {
    const { reason } = bucket;
    if (reason !== undefined && isBlocked(bucket))
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  if (counts.size === 0) return bot.waiting === 0 ? 'all quiet' : 'every line moves';
  const text = Array.from(
    counts,
    ([reason, count]) => `${count} held: ${WAIT_REASONS[reason].text}`,
  );
  return <TextLink href={`${paths.buckets(id)}?show=held`}>{text.join(', ')}</TextLink>;
}
