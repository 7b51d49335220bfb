import { Alert } from '@mantine/core';
import { Unplug } from 'lucide-react';
import { useLivePart } from '../live/live-context.ts';
import classes from '../ui/ProblemAlert.module.css';

/** Says that no permit is given, as long as the limiter's store is away. */
export function LimiterAlert() {
  const limiter = useLivePart(({ snapshot }) => snapshot?.limiter);
  if (limiter === undefined || limiter.available) return null;
  return (
    <Alert
      // Its text changes with each try, so it is no alert; the Announcer says it once.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- there is no tag for it
      role="group"
      title="The limiter's store does not answer"
      icon={<Unplug aria-hidden />}
      classNames={classes}
    >
      No permit is given until it does; who waits keeps waiting. Bots and replicas are shown as they
      were last seen. {limiter.error !== undefined && `It says: ${limiter.error}.`}
    </Alert>
  );
}
