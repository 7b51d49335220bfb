import type { Bot, Limits } from '../../../api/schemas.ts';
import { formatCount } from '../../../time/format.ts';
import { Since } from '../../../time/Since.tsx';
import { Stat, Stats } from '../../../ui/Stat.tsx';
import { BlockedBuckets } from './BlockedBuckets.tsx';

interface Props {
  readonly id: string;
  readonly bot: Bot;
}

/** A bot's waiting requests, its oldest wait, its permits per minute, and its buckets. */
export function BotStats({ bot, id }: Props) {
  const { limits, oldestWaitSince, permitsPerMinute, unnamedPermits, waiting } = bot;
  return (
    <Stats>
      <Stat
        label="Waiting"
        value={formatCount(waiting)}
        note={waiting === 1 ? 'request' : 'requests'}
      />
      <Stat
        label="Oldest wait"
        value={oldestWaitSince === undefined ? '–' : <Since moment={oldestWaitSince} />}
        note={oldestWaitSince === undefined ? 'no request waits' : undefined}
      />
      <Stat
        label="Permits"
        value={
          <>
            {formatCount(permitsPerMinute)} <small>/ min</small>
          </>
        }
        note={
          unnamedPermits === undefined
            ? 'in the last minute'
            : `${formatCount(unnamedPermits)} in the last hour named no shard`
        }
      />
      <Stat
        label="Buckets"
        value={limits === undefined ? '–' : <BucketCount limits={limits} />}
        note={<BlockedBuckets id={id} bot={bot} />}
      />
    </Stats>
  );
}

/** How many buckets there are, and how many Discord has when that is another number. */
function BucketCount({ limits }: { readonly limits: Limits }) {
  const { discordMaxConcurrency: discords, maxConcurrency } = limits;
  const count = formatCount(maxConcurrency);
  if (discords === undefined || discords === maxConcurrency) return count;
  return (
    <>
      {count} <small>/ {formatCount(discords)} at Discord</small>
    </>
  );
}
