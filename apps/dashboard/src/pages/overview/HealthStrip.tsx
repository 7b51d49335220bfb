import type { ReactNode } from 'react';
import { paths } from '../../app/paths.ts';
import type { Bot, Snapshot } from '../../api/schemas.ts';
import { formatCount, formatCountOf } from '../../time/format.ts';
import { Mark } from '../../ui/marks/Mark.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import classes from './HealthStrip.module.css';

/** The state of the service: the limiter, the replicas, and the limits from Discord. */
export function HealthStrip({ snapshot }: { readonly snapshot: Snapshot }) {
  const replicas = Object.values(snapshot.replicas);
  const held = replicas.reduce((sum, { heldRequests }) => sum + heldRequests, 0);
  const draining = replicas.filter((replica) => replica.draining).length;
  const failing = replicas.filter(({ limiterError }) => limiterError !== undefined).length;
  return (
    <dl className={classes.strip}>
      <Item name="Limiter">
        {snapshot.limiter.available ? (
          <Mark tone="good">available</Mark>
        ) : (
          <Mark tone="bad">unavailable</Mark>
        )}
      </Item>
      <Item name="Replicas">
        <TextLink href={paths.replicas}>{formatCount(replicas.length)}</TextLink>
        {draining > 0 && <Mark tone="warning">{draining} shutting down</Mark>}
        {failing > 0 && <Mark tone="bad">{failing} without limiter</Mark>}
      </Item>
      <Item name="Held requests">{formatCount(held)}</Item>
      <Item name="Limits from Discord">
        <LimitsMarks bots={Object.values(snapshot.bots)} />
      </Item>
    </dl>
  );
}

/** The number of bots whose limits are stale, and of bots for which no replica has reported yet. */
function LimitsMarks({ bots }: { readonly bots: readonly Bot[] }) {
  const stale = bots.filter(({ info }) => info?.stale === true).length;
  const unknown = bots.filter(({ info }) => info === undefined).length;
  if (bots.length === 0) return '–';
  if (stale === 0 && unknown === 0) return <Mark tone="good">up to date</Mark>;
  return (
    <>
      {stale > 0 && <Mark tone="bad">{formatCountOf(stale, 'bot')} stale</Mark>}
      {unknown > 0 && <Mark tone="warning">{formatCountOf(unknown, 'bot')} unknown</Mark>}
    </>
  );
}

function Item({ children, name }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes.item}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>{children}</dd>
    </div>
  );
}
