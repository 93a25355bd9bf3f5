/** What a handler of one call looks like. */

import type { EngineApi, EngineMethod } from '../protocol';
import type { Parts } from './parts';

export interface CallContext {
  /** The request's number; within its page, edits are known by it. */
  readonly id: number;
  readonly page: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export type Handler<M extends EngineMethod> = (
  parts: Parts,
  request: Parameters<EngineApi[M]>[0],
  call: CallContext,
) => ReturnType<EngineApi[M]>;

export type Handlers<M extends EngineMethod = EngineMethod> = {
  readonly [Name in M]: Handler<Name>;
};
