import type { Pause } from '../api/schemas.ts';
import { Moment } from './Moment.tsx';
import { Since } from './Since.tsx';
import { Until } from './Until.tsx';

/** A pause in words: why, by whom, since when and until when. A sentence that has begun already. */
export function PauseWords({ pause: { by, reason, since, until } }: { readonly pause: Pause }) {
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
