import { Alert } from '@mantine/core';
import { Unplug } from 'lucide-react';
import { useLivePart } from '../live/live-context.ts';
import classes from '../ui/ProblemAlert.module.css';

/** Says that no permit is granted while the limiter's store does not answer. Empty otherwise. */
export function LimiterAlert() {
  const limiter = useLivePart(({ snapshot }) => snapshot?.limiter);
  if (limiter === undefined || limiter.available) return null;
  return (
    <Alert
      // A screen reader would read an alert out at each change of its text; the Announcer says it once.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- there is no tag for it
      role="group"
      title="The limiter's store does not answer"
      icon={<Unplug aria-hidden />}
      classNames={classes}
    >
      No permit is granted until it answers again. Requests keep waiting. The page shows the last
      known state of bots and replicas. {limiter.error !== undefined && `Error: ${limiter.error}.`}
    </Alert>
  );
}
