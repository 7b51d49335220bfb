import type { ReactNode } from 'react';
import { paths } from '../../app/paths.ts';
import type { Snapshot } from '../../api/schemas.ts';
import { formatCount } from '../../time/format.ts';
import { Mark } from '../../ui/Mark.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import classes from './HealthStrip.module.css';

/** How the service itself fares: limiter, replicas, and what Discord says. */
export function HealthStrip({ snapshot }: { readonly snapshot: Snapshot }) {
  const replicas = Object.values(snapshot.replicas);
  const held = replicas.reduce((sum, { heldRequests }) => sum + heldRequests, 0);
  const draining = replicas.filter((replica) => replica.draining).length;
  const failing = replicas.filter(({ limiterError }) => limiterError !== undefined).length;
  const staleBots = Object.values(snapshot.bots).filter(({ info }) => info?.stale === true).length;
  return (
    <dl className={classes.strip}>
      <Item name="Limiter">
        {snapshot.limiter.available ? (
          <Mark tone="good">answers</Mark>
        ) : (
          <Mark tone="bad">does not answer</Mark>
        )}
      </Item>
      <Item name="Replicas">
        <TextLink href={paths.replicas}>{formatCount(replicas.length)}</TextLink>
        {draining > 0 && <Mark tone="warning">{draining} shutting down</Mark>}
        {failing > 0 && <Mark tone="bad">{failing} without limiter</Mark>}
      </Item>
      <Item name="Held requests">{formatCount(held)}</Item>
      <Item name="Discord info">
        {staleBots === 0 ? (
          <Mark tone="good">up to date</Mark>
        ) : (
          <Mark tone="bad">{staleBots === 1 ? '1 bot' : `${staleBots} bots`} stale</Mark>
        )}
      </Item>
    </dl>
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
