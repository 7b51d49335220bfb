import { useCallback } from 'react';
import { findOverride } from '../api/limits.ts';
import { useResource } from '../api/use-resource.ts';
import { useBot } from '../live/live-context.ts';
import { Loading } from '../ui/loading/Loading.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { LiftOverrideForm } from './LiftOverrideForm.tsx';
import { PutOverrideForm } from './PutOverrideForm.tsx';

interface Props {
  readonly bot: string;
  readonly onClose: () => void;
}

/** Overrides max_concurrency, or lifts the present override. */
export function OverrideForm({ bot, onClose }: Props) {
  const load = useCallback(
    async (signal: AbortSignal) => ({ override: await findOverride(bot, signal) }),
    [bot],
  );
  const { data, problem, reload } = useResource(load);
  const limits = useBot(bot)?.limits;
  if (data === undefined) {
    return problem === undefined ? (
      <Loading what="the present override" />
    ) : (
      <ProblemAlert problem={problem} onRetry={reload} />
    );
  }
  return data.override === undefined ? (
    <PutOverrideForm
      bot={bot}
      present={limits?.maxConcurrency}
      discords={limits?.discordMaxConcurrency}
      onClose={onClose}
    />
  ) : (
    <LiftOverrideForm bot={bot} override={data.override} onClose={onClose} />
  );
}
