/** Something a person asks for by a button: one at a time, and what went wrong is kept to be shown. */
import { useState } from 'preact/hooks';
import type { ProblemCode } from '../engine/protocol';
import { problemOf } from '../forms/engine-port';

export interface Action {
  readonly busy: boolean;
  readonly problem: ProblemCode | null;
  /** Does nothing while an earlier one is under way. Resolves with whether it worked. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>;
}

export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (reason) {
      setProblem(problemOf(reason).code);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run };
}
