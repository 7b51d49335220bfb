import { Alert } from '@mantine/core';
import { CloudLightning } from 'lucide-react';
import { Fragment } from 'react';
import type { Bot } from '../../api/schemas.ts';
import { paths } from '../../app/paths.ts';
import classes from '../../ui/ProblemAlert.module.css';
import { TextLink } from '../../ui/TextLink.tsx';

/** More would fill the screen. */
const MAX_NAMED = 12;

interface Props {
  readonly id: string;
  readonly bot: Bot;
}

/** Where shards start again and again, and are held back. Nothing when none does. */
export function ThrottledAlert({ bot, id }: Props) {
  const throttled = Object.entries(bot.buckets).filter(([, bucket]) => bucket.throttled > 0);
  const count = throttled.reduce((sum, [, bucket]) => sum + bucket.throttled, 0);
  if (count === 0) return null;
  return (
    <Alert
      // Its counts change each second, so it is no alert; the Announcer says it once.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- there is no tag for it
      role="group"
      title={count === 1 ? 'A shard is throttled' : `${count} requests are throttled`}
      icon={<CloudLightning aria-hidden />}
      classNames={classes}
    >
      They were given many permits within a short time, as in a crash loop, while less of the
      session starts is left than CRASH_LOOP_BELOW says. Others pass them. Buckets:{' '}
      {throttled.slice(0, MAX_NAMED).map(([number, bucket], index) => (
        <Fragment key={number}>
          {index > 0 && ', '}
          <TextLink href={paths.bucket(id, Number(number))}>{number}</TextLink> ({bucket.throttled})
        </Fragment>
      ))}
      {throttled.length > MAX_NAMED && ` and ${throttled.length - MAX_NAMED} more`}.
    </Alert>
  );
}
