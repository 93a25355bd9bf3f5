/** Asks the engine something when a page appears, and gives up when it disappears. */
import { useEffect, useState } from 'preact/hooks';
import type { ProblemCode } from '../engine/protocol';
import { problemOf, wasAborted } from '../forms/engine-port';

export type Asked<T> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'failed'; readonly reason: ProblemCode };

/** `call` runs again whenever one of `inputs` changes; an answer already shown stays until the next one. */
export function useCall<T>(
  call: (signal: AbortSignal) => Promise<T>,
  inputs: readonly unknown[],
): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ kind: 'waiting' });
  useEffect(() => {
    const controller = new AbortController();
    call(controller.signal).then(
      (value) => {
        if (!controller.signal.aborted) setAsked({ kind: 'answered', value });
      },
      (reason: unknown) => {
        if (!wasAborted(controller.signal, reason))
          setAsked({ kind: 'failed', reason: problemOf(reason).code });
      },
    );
    return () => controller.abort();
  }, [...inputs]);
  return asked;
}
