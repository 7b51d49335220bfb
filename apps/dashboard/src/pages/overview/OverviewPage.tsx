import { Skeleton, Stack } from '@mantine/core';
import { useSnapshot } from '../../live/live-context.ts';
import { EmptyMessage } from '../../ui/EmptyMessage.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { BotCard } from './bot/BotCard.tsx';
import { HealthStrip } from './HealthStrip.tsx';

/** Is every bot coming up, is anything stuck, and why? */
export default function OverviewPage() {
  const snapshot = useSnapshot();
  const bots = Object.entries(snapshot?.bots ?? {});
  return (
    <Stack>
      <PageHeader title="Overview" />
      {snapshot === undefined ? (
        <Skeleton h={420} aria-hidden />
      ) : (
        <>
          <HealthStrip snapshot={snapshot} />
          {bots.map(([id, bot]) => (
            <BotCard key={id} id={id} bot={bot} />
          ))}
          {bots.length === 0 && (
            <EmptyMessage title="No bot is served">
              Set DISCORD_TOKEN, or name your bots in BOTS_FILE, and start the service again.
            </EmptyMessage>
          )}
        </>
      )}
    </Stack>
  );
}
