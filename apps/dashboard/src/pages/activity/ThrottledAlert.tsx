import { CloudLightning } from 'lucide-react';
import { Fragment } from 'react';
import type { Bot } from '../../api/schemas.ts';
import { paths } from '../../app/paths.ts';
import { formatCountOf } from '../../time/format.ts';
import { StateAlert } from '../../ui/StateAlert.tsx';
import { TextLink } from '../../ui/TextLink.tsx';

/** More buckets than this would fill the screen. */
const MAX_NAMED = 12;

interface Props {
  readonly id: string;
  readonly bot: Bot;
}

/** The number of a bot's throttled requests, by bucket. Empty while none is throttled. */
export function ThrottledAlert({ bot, id }: Props) {
  const throttled = Object.entries(bot.buckets).filter(([, bucket]) => bucket.throttled > 0);
  const count = throttled.reduce((sum, [, bucket]) => sum + bucket.throttled, 0);
  if (count === 0) return null;
  return (
    <StateAlert
      title={`${formatCountOf(count, 'request')} ${count === 1 ? 'is' : 'are'} throttled`}
      icon={<CloudLightning aria-hidden />}
    >
      Their shards got CRASH_LOOP_BURST permits within CRASH_LOOP_WINDOW_MS, as in a crash loop, and
      the share of session starts that is left is below CRASH_LOOP_BELOW. Other shards pass them.
      Throttled requests by bucket:{' '}
      {throttled.slice(0, MAX_NAMED).map(([number, bucket], index) => (
        <Fragment key={number}>
          {index > 0 && ', '}
          <TextLink href={paths.bucket(id, Number(number))}>{number}</TextLink> ({bucket.throttled})
        </Fragment>
      ))}
      {throttled.length > MAX_NAMED &&
        ` and ${formatCountOf(throttled.length - MAX_NAMED, 'more bucket')}`}
      .
    </StateAlert>
  );
}
