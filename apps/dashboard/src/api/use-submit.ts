import { useState } from 'react';
import { type ApiProblem, toProblem } from './api-problem.ts';

/** A request that changes something, and its state. */
export interface Submit {
  readonly isBusy: boolean;
  /** Why the last try failed; undefined again during the next try. */
  readonly problem: ApiProblem | undefined;
  readonly submit: () => void;
}

/** @param send sends the request @param onDone called after success */
export function useSubmit(send: () => Promise<unknown>, onDone: () => void): Submit {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();

  const run = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await send();
      onDone();
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, problem, submit: () => void (isBusy || run()) };
}
