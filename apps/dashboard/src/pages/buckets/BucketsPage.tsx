import { Skeleton, Stack } from '@mantine/core';
import { BotButtons } from '../../actions/BotButtons.tsx';
import { useBot, useSnapshot } from '../../live/live-context.ts';
import { formatCount, formatCountOf } from '../../time/format.ts';
import { BotSelect } from '../../ui/BotSelect.tsx';
import { paths } from '../../app/paths.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { UnknownBot } from '../../ui/UnknownBot.tsx';
import { BucketList } from './BucketList.tsx';

/** All buckets of a bot. */
export default function BucketsPage({ bot: id }: { readonly bot: string }) {
  const hasSnapshot = useSnapshot() !== undefined;
  const bot = useBot(id);
  return (
    <Stack>
      <PageHeader
        title={`Buckets of ${id}`}
        description={
          bot &&
          `${formatCount(bot.waiting)} waiting in ${formatCountOf(Object.keys(bot.buckets).length, 'bucket')}`
        }
      >
        <BotSelect bot={id} pathOf={paths.buckets} />
        {bot && <BotButtons id={id} bot={bot} />}
      </PageHeader>
      {bot && <BucketList id={id} bot={bot} />}
      {!bot && (hasSnapshot ? <UnknownBot id={id} /> : <Skeleton h={420} />)}
    </Stack>
  );
}
