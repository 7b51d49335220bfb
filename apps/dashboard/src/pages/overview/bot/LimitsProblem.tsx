import { Alert } from '@mantine/core';
import { CloudOff } from 'lucide-react';
import type { GatewayInfo } from '../../../api/schemas.ts';
import { Moment } from '../../../time/Moment.tsx';
import classes from '../../../ui/ProblemAlert.module.css';

/** Why Discord could not be asked, when it could not. */
export function LimitsProblem({ info }: { readonly info: GatewayInfo | undefined }) {
  if (info?.lastError === undefined) return null;
  return (
    <Alert
      mb="md"
      title="Discord could not be asked for the limits"
      icon={<CloudOff aria-hidden />}
      classNames={classes}
    >
      {info.lastError}{' '}
      {info.learnedAt === undefined ? (
        'Nothing was learned yet, so requests are held.'
      ) : (
        <>
          What was learned at <Moment moment={info.learnedAt} /> holds on.
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
