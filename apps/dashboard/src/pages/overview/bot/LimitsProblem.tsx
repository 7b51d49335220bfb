import { Alert } from '@mantine/core';
import { CloudOff } from 'lucide-react';
import type { GatewayInfo } from '../../../api/schemas.ts';
import { Moment } from '../../../time/Moment.tsx';
import classes from '../../../ui/ProblemAlert.module.css';

/** Why the last request for the limits failed at Discord, and what applies meanwhile. Empty after a success. */
export function LimitsProblem({ info }: { readonly info: GatewayInfo | undefined }) {
  if (info?.lastError === undefined) return null;
  return (
    <Alert
      mb="md"
      title="The limits could not be read from Discord"
      icon={<CloudOff aria-hidden />}
      classNames={classes}
    >
      {info.lastError}{' '}
      {info.learnedAt === undefined ? (
        'No limits are known yet, so all requests are held.'
      ) : (
        <>
          The limits read at <Moment moment={info.learnedAt} /> still apply.
        </>
      )}{' '}
      {info.nextTryAt !== undefined && (
        <>
          The next try is at <Moment moment={info.nextTryAt} />.
        </>
      )}
    </Alert>
  );
}
