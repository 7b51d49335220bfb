import { Alert } from '@mantine/core';
import { CloudLightning } from 'lucide-react';
import { Fragment } from 'react';
import type { Bot } from '../../api/schemas.ts';
import { paths } from '../../app/paths.ts';
import classes from '../../ui/ProblemAlert.module.css';
import { TextLink } from '../../ui/TextLink.tsx';

/** More would fill the screen. */
const MOST_NAMED = 12;

interface Props {
  readonly id: string;
  readonly bot: Bot;
}

/** Where shards start again and again, and are held back. Nothing when none does. */
export function Storms({ bot, id }: Props) {
  const braked = Object.entries(bot.buckets).filter(([, bucket]) => bucket.braked > 0);
  const count = braked.reduce((sum, [, bucket]) => sum + bucket.braked, 0);
  if (count === 0) return null;
  return (
    <Alert
      // Its counts change each second, so it is no alert; the Announcer says it once.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- there is no tag for it
      role="group"
      title={count === 1 ? 'A shard is braked' : `${count} requests are braked`}
      icon={<CloudLightning aria-hidden />}
      classNames={classes}
    >
      They were given many permits within a short time, as in a crash loop, while less of the
      session starts is left than STORM_BELOW says. Others pass them. Buckets:{' '}
      {braked.slice(0, MOST_NAMED).map(([number, bucket], index) => (
        <Fragment key={number}>
          {index > 0 && ', '}
          <TextLink href={paths.bucket(id, Number(number))}>{number}</TextLink> ({bucket.braked})
        </Fragment>
      ))}
      {braked.length > MOST_NAMED && ` and ${braked.length - MOST_NAMED} more`}.
    </Alert>
  );
}
