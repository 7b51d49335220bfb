import type { Pause } from '../api/schemas.ts';
import { Moment } from '../time/Moment.tsx';
import { Since } from '../time/Since.tsx';
import { Until } from '../time/Until.tsx';

/** Why a bot or bucket is paused, by which operator, since when and until when. Completes a sentence such as "Paused: …". */
export function PauseDescription({
  pause: { by, reason, since, until },
}: {
  readonly pause: Pause;
}) {
  return (
    <>
      “{reason}”, by {by}, since <Moment moment={since} /> (<Since moment={since} suffix=" ago" />
      ),{' '}
      {until === undefined ? (
        'until an operator resumes it'
      ) : (
        <>
          until <Moment moment={until} /> (in <Until moment={until} past="a moment" />)
        </>
      )}
      .
    </>
  );
}
