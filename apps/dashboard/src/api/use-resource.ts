import { useCallback, useEffect, useState } from 'react';
import { type ApiProblem, toProblem } from './api-problem.ts';

/** What was asked for, as it stands. */
export interface Resource<T> {
  /** What came last; kept while it is asked for again, and when that fails. */
  readonly data: T | undefined;
  readonly problem: ApiProblem | undefined;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

interface Answer<T> {
  readonly load: unknown;
  /** What it was asked for by; another one after each reload. */
  readonly count: number;
  readonly data?: T;
  readonly problem?: ApiProblem;
}

/**
 * Asks when first shown, and again when `load` is another function: have it from `useCallback`. What belongs to another
 * `load` is never shown.
 */
export function useResource<T>(load: (signal: AbortSignal) => Promise<T>): Resource<T> {
  const [answer, setAnswer] = useState<Answer<T>>();
  const [count, setCount] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const ask = async () => {
      try {
        const data = await load(signal);
        if (!signal.aborted) setAnswer({ load, count, data });
      } catch (error) {
        if (signal.aborted) return;
        const problem = toProblem(error);
        setAnswer((before) => ({ ...(before?.load === load && before), load, count, problem }));
      }
    };
    void ask();
    return () => controller.abort();
  }, [load, count]);

  const reload = useCallback(() => setCount((before) => before + 1), []);
  const current = answer?.load === load ? answer : undefined;
  const isLoading = current?.count !== count;
  return { data: current?.data, problem: current?.problem, isLoading, reload };
}
