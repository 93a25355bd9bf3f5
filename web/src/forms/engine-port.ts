/** What pages and forms need of the engine worker. The tests' own client has the same shape. */
import type { EngineClient } from '../engine/client';
import type { EngineProblem } from '../engine/protocol';

export type Engine = EngineClient;

/** The problem behind a rejected call; anything unexpected becomes `internal`. */
export function problemOf(reason: unknown): EngineProblem {
  if (typeof reason !== 'object' || reason === null) return { code: 'internal' };
  const code: unknown = 'code' in reason ? reason.code : undefined;
  const offset: unknown = 'offset' in reason ? reason.offset : undefined;
  return {
    code: typeof code === 'string' ? code : 'internal',
    ...(typeof offset === 'number' ? { offset } : {}),
  };
}

/** True when a call ended because its caller went away: nothing to report to anybody. */
export function wasAborted(signal: AbortSignal, reason: unknown): boolean {
  return signal.aborted || problemOf(reason).code === 'cancelled';
}
