/** The one kind of error this side throws on purpose: a code, never a text, never what a person typed. */

import type { EngineProblem, ProblemCode } from './protocol';

export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly offset: number | undefined;

  constructor(code: ProblemCode, offset?: number) {
    super(code);
    this.code = code;
    this.offset = offset;
  }
}

function nameOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'name' in cause ? String(cause.name) : '';
}

/** Names browsers give to their own failures, and what we call them. */
const kBrowserFailures: Readonly<Record<string, ProblemCode>> = {
  QuotaExceededError: 'storage_full',
  AbortError: 'cancelled',
  TimeoutError: 'server_unreachable',
  InvalidStateError: 'storage_unavailable',
  NotReadableError: 'file_unreadable',
  NotFoundError: 'file_unreadable',
  UnknownError: 'storage_unavailable',
};

/** Gives any thrown value its stable code; what nobody foresaw is `internal`. */
export function problemOf(cause: unknown): EngineProblem {
  if (cause instanceof ProblemError) {
    return cause.offset === undefined
      ? { code: cause.code }
      : { code: cause.code, offset: cause.offset };
  }
  return { code: kBrowserFailures[nameOf(cause)] ?? 'internal' };
}
