import { Hand } from 'lucide-react';
import type { Bot, Hold } from '../../../api/schemas.ts';
import { formatCountOf } from '../../../time/format.ts';
import { Moment } from '../../../time/Moment.tsx';
import { Since } from '../../../time/Since.tsx';
import { WAIT_REASONS } from '../../../ui/marks/wait-reasons.ts';
import { ReasonMark } from '../../../ui/marks/ReasonMark.tsx';
import { StateAlert } from '../../../ui/StateAlert.tsx';
import classes from './Holds.module.css';

/** What holds a bot's requests back for longer than their lines do, since when and until when. Empty while nothing does. */
export function Holds({ bot }: { readonly bot: Bot }) {
  const holds = Object.values(bot.holds);
  if (holds.length === 0) return null;
  return (
    <div className={classes.holds}>
      <StateAlert title="Requests are held back" icon={<Hand aria-hidden />}>
        <ul className={classes.list}>
          {holds.map((hold) => (
            <HoldItem key={hold.reason} hold={hold} />
          ))}
        </ul>
      </StateAlert>
    </div>
  );
}

function HoldItem({ hold: { reason, since, until, waiting } }: { readonly hold: Hold }) {
  return (
    <li>
      <ReasonMark reason={reason} /> {formatCountOf(waiting, 'request')}, since{' '}
      <Moment moment={since} /> (<Since moment={since} suffix=" ago" />)
      {until !== undefined && (
        <>
          , until <Moment moment={until} />
        </>
      )}
      . {WAIT_REASONS[reason].meaning}
    </li>
  );
}
