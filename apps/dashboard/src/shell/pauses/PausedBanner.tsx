import { Button } from '@mantine/core';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { nameOf } from '../../api/scope.ts';
import { useSnapshot } from '../../live/live-context.ts';
import { formatCountOf } from '../../time/format.ts';
import { activePauses } from './active-pauses.ts';
import { PausedItem } from './PausedItem.tsx';
import classes from './PausedBanner.module.css';

/** With more pauses the banner would push the page out of sight. */
const MAX_SHOWN = 3;

/** Lists the pauses on every page, with operator, reason, begin and end, so that no pause is forgotten. */
export function PausedBanner() {
  const snapshot = useSnapshot();
  const pauses = useMemo(() => (snapshot === undefined ? [] : activePauses(snapshot)), [snapshot]);
  const [isOpen, setOpen] = useState(false);
  const list = useId();
  const more = pauses.length - MAX_SHOWN;
  const isScrolled = isOpen && more > 0;
  if (pauses.length === 0) return null;
  return (
    <section aria-label="Pauses" className={classes.banner}>
      <ul
        id={list}
        className={classes.list}
        data-scrolls={isScrolled || undefined}
        // A list that scrolls has to be reachable by keyboard (WCAG 2.2, 2.1.1); for a viewer it contains no button.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={isScrolled ? 0 : undefined}
        aria-label="Paused bots and buckets"
      >
        {(isOpen ? pauses : pauses.slice(0, MAX_SHOWN)).map(({ pause, scope }) => (
          <PausedItem key={nameOf(scope)} scope={scope} pause={pause} />
        ))}
      </ul>
      {more > 0 && (
        <Button
          className={classes.more ?? ''}
          size="xs"
          variant="default"
          aria-expanded={isOpen}
          aria-controls={list}
          rightSection={
            isOpen ? <ChevronUp size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />
          }
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Show fewer pauses' : `Show ${formatCountOf(more, 'more pause')}`}
        </Button>
      )}
    </section>
  );
}
