import { Skeleton, Stack } from '@mantine/core';
import { PauseButton } from '../../actions/PauseButton.tsx';
import { paths } from '../../app/paths.ts';
import { useBot, useSnapshot } from '../../live/live-context.ts';
import { EmptyMessage } from '../../ui/EmptyMessage.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { UnknownBot } from '../../ui/UnknownBot.tsx';
import { BucketSummary } from './BucketSummary.tsx';
import { Line } from './Line.tsx';

interface Props {
  readonly bot: string;
  readonly bucket: number;
}

/** One bucket and its line. */
export default function BucketPage({ bot: id, bucket: number }: Props) {
  const hasSnapshot = useSnapshot() !== undefined;
  const bot = useBot(id);
  const bucket = bot?.buckets[number];
  return (
    <Stack>
      <PageHeader
        title={`Bucket ${number}`}
        description={<TextLink href={paths.buckets(id)}>All buckets of {id}</TextLink>}
      >
        {bucket && <PauseButton scope={{ bot: id, bucket: number }} pause={bot?.pauses[number]} />}
      </PageHeader>
      {bucket && (
        <>
          <BucketSummary bucket={bucket} bot={id} />
          <Line bot={id} number={number} bucket={bucket} />
        </>
      )}
      {!bucket && !hasSnapshot && <Skeleton h={420} />}
      {!bucket && hasSnapshot && !bot && <UnknownBot id={id} />}
      {!bucket && bot && (
        <EmptyMessage title={`Bot ${id} has no bucket ${number}`}>
          {bot.limits === undefined
            ? "The bot's limits are not known yet. Its buckets appear once they are."
            : `Its buckets go from 0 to ${bot.limits.maxConcurrency - 1}.`}
        </EmptyMessage>
      )}
    </Stack>
  );
}
