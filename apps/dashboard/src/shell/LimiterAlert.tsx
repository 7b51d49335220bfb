import { Unplug } from 'lucide-react';
import { useLivePart } from '../live/live-context.ts';
import { StateAlert } from '../ui/StateAlert.tsx';

/** Says that no permit is granted while the limiter's store does not answer. Empty otherwise. */
export function LimiterAlert() {
  const limiter = useLivePart(({ snapshot }) => snapshot?.limiter);
  if (limiter === undefined || limiter.available) return null;
  return (
    <StateAlert title="The limiter's store does not answer" icon={<Unplug aria-hidden />}>
      No permit is granted until it answers again. Requests keep waiting. The page shows the last
      known state of bots and replicas. {limiter.error !== undefined && `Error: ${limiter.error}.`}
    </StateAlert>
  );
}
