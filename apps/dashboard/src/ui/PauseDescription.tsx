import type { Pause } from '../api/schemas.ts';
import { Moment } from '../time/Moment.tsx';
import { Since } from '../time/Since.tsx';
import { Until } from '../time/Until.tsx';

/** A pause in words: why, by whom, since when and until when. A sentence that has begun already. */
export function PauseDescription({
  pause: { by, reason, since, until },
}: {
  readonly pause: Pause;
}) {
  return (
    <>
      “{reason}”, by {by}, since <Moment moment={since} /> (<Since moment={since} />
      ),{' '}
      {until === undefined ? (
        'until somebody resumes it'
      ) : (
        <>
          until <Moment moment={until} /> (in <Until moment={until} past="a moment" />)
        </>
      )}
      .
    </>
  );
}
