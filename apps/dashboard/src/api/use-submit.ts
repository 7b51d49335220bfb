import { useState } from 'react';
import { type ApiProblem, toProblem } from './api-problem.ts';

/** A change that somebody may order, and how it goes. */
export interface Submit {
  readonly isBusy: boolean;
  /** Why the last try failed; gone with the next. */
  readonly problem: ApiProblem | undefined;
  readonly submit: () => void;
}

/** @param order makes the change; @param onDone called once it is made */
export function useSubmit(order: () => Promise<unknown>, onDone: () => void): Submit {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();

  const run = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await order();
      onDone();
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, problem, submit: () => void (isBusy || run()) };
}
