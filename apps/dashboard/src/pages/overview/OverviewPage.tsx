import { Skeleton, Stack } from '@mantine/core';
import { useSnapshot } from '../../live/live-context.ts';
import { EmptyMessage } from '../../ui/EmptyMessage.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { BotCard } from './bot/BotCard.tsx';
import { HealthStrip } from './HealthStrip.tsx';

/** The state of the service and of each bot: whether its shards start, and what holds them up. */
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
            <EmptyMessage title="The service has no bot">
              Set DISCORD_TOKEN, or list your bots in BOTS_FILE, and restart the service.
            </EmptyMessage>
          )}
        </>
      )}
    </Stack>
  );
}
