import { useCallback, useEffect, useState } from 'react';
import { type ApiProblem, toProblem } from './api-problem.ts';

/** Data from the API with the state of its request. */
export interface Resource<T> {
  /** The last data. It stays during a reload, and after a reload that failed. */
  readonly data: T | undefined;
  readonly problem: ApiProblem | undefined;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

interface Answer<T> {
  readonly load: unknown;
  /** The number of the request; another one after each reload. */
  readonly count: number;
  readonly data?: T;
  readonly problem?: ApiProblem;
}

/**
 * Loads data when the component is first shown, and again when `load` is another function, so take `load` from
 * `useCallback`. Data of an earlier `load` is never returned.
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
