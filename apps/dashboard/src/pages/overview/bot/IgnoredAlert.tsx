import { Alert } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { GatewayInfo, Limits } from '../../../api/schemas.ts';
import classes from '../../../ui/ProblemAlert.module.css';

interface Props {
  readonly info: GatewayInfo | undefined;
  readonly limits: Limits | undefined;
}

/** What to do when the override or the setting of max_concurrency does not divide Discord's. Empty when it does. */
export function IgnoredAlert({ info, limits }: Props) {
  const discords = limits?.discordMaxConcurrency;
  if (info?.ignored === undefined || discords === undefined) return null;
  const { from, maxConcurrency } = info.ignored;
  return (
    <Alert
      mb="md"
      title={`The max_concurrency of the ${from} is ignored`}
      icon={<TriangleAlert aria-hidden />}
      classNames={classes}
    >
      {maxConcurrency} does not divide the {discords} from Discord, so {discords} applies: otherwise
      shards of one of Discord&apos;s buckets would identify at once.{' '}
      {from === 'override'
        ? 'Lift the override. Then another one can be set.'
        : 'Set MAX_CONCURRENCY, or maxConcurrency in BOTS_FILE, to a divisor, or leave it out.'}
    </Alert>
  );
}
