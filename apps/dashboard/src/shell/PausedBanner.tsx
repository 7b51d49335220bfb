import { useMemo } from 'react';
import { nameOf } from '../api/scope.ts';
import { paths } from '../app/paths.ts';
import { useSnapshot } from '../live/live-context.ts';
import { TextLink } from '../ui/TextLink.tsx';
import { pausesOf } from './pauses-of.ts';
import { PausedLine } from './PausedLine.tsx';
import classes from './PausedBanner.module.css';

/** More than these would push the page away. */
const MOST_SHOWN = 3;

/** Says on every page what is paused, by whom, why, since when and until when, so that no pause is forgotten. */
export function PausedBanner() {
  const snapshot = useSnapshot();
  const pauses = useMemo(() => (snapshot === undefined ? [] : pausesOf(snapshot)), [snapshot]);
  const more = pauses.slice(MOST_SHOWN);
  const [first] = more;
  if (pauses.length === 0) return null;
  return (
    <section aria-label="Pauses" className={classes.banner}>
      {pauses.slice(0, MOST_SHOWN).map(({ pause, scope }) => (
        <PausedLine key={nameOf(scope)} scope={scope} pause={pause} />
      ))}
      {first !== undefined && (
        <div>
          and {more.length} more:{' '}
          <TextLink href={`${paths.buckets(first.scope.bot)}?show=paused`}>
            see all paused buckets
          </TextLink>
        </div>
      )}
    </section>
  );
}
