import { useCallback } from 'react';
import { showLimits } from '../api/limits.ts';
import { useResource } from '../api/use-resource.ts';
import { Loading } from '../ui/Loading.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { LiftOverrideForm } from './LiftOverrideForm.tsx';
import { PutOverrideForm } from './PutOverrideForm.tsx';

interface Props {
  readonly bot: string;
  readonly onClose: () => void;
}

/** Overrides max_concurrency, or lifts the override that there is. */
export function OverrideForm({ bot, onClose }: Props) {
  const load = useCallback((signal: AbortSignal) => showLimits(bot, signal), [bot]);
  const { data, problem, reload } = useResource(load);
  if (data === undefined) {
    return problem === undefined ? (
      <Loading what="What holds now" />
    ) : (
      <ProblemAlert problem={problem} onRetry={reload} />
    );
  }
  return data.override === undefined ? (
    <PutOverrideForm bot={bot} present={data.limits?.maxConcurrency} onClose={onClose} />
  ) : (
    <LiftOverrideForm bot={bot} override={data.override} onClose={onClose} />
  );
}
