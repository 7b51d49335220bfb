import type { Bot, WaitReason } from '../../../api/schemas.ts';
import { paths } from '../../../app/paths.ts';
import { isBlocked } from '../../../permits/is-blocked.ts';
import { WAIT_REASONS } from '../../../ui/marks/wait-reasons.ts';
import { TextLink } from '../../../ui/TextLink.tsx';

interface Props {
  readonly id: string;
  readonly bot: Bot;
}

/** The number of blocked buckets for each reason, as a link to these buckets. */
export function BlockedBuckets({ bot, id }: Props) {
  const counts = new Map<WaitReason, number>();
  for (const bucket of Object.values(bot.buckets)) {
    const { reason } = bucket;
    if (reason !== undefined && isBlocked(bucket))
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  if (counts.size === 0) return bot.waiting === 0 ? 'no request waits' : 'every line moves';
  const text = Array.from(
    counts,
    ([reason, count]) => `${count} blocked: ${WAIT_REASONS[reason].text}`,
  );
  return <TextLink href={`${paths.buckets(id)}?show=blocked`}>{text.join(', ')}</TextLink>;
}
