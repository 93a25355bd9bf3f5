/** The module of trust as the worker uses it: loaded when it is needed, "could not" a ProblemError. */

import type {
  ComparedLogs,
  FollowedLinks,
  Judgement,
  JudgingTrust,
  LogEntry,
  PlacedReceipt,
  TrustModule,
  WithLinks,
} from '@landfall/bindings/trust';
import type { CoreResult } from '@landfall/bindings/index';
import { ProblemError } from './problem';

export type { ComparedLogs, FollowedLinks, Judgement, JudgingTrust, LogEntry, PlacedReceipt };

/** A proof as the server sends it; absent as long as there is none. */
interface Proof {
  readonly proof?: readonly string[];
}

/** Every call: problems as in wasm/bindings/trust.ts, and engine_missing where the module is not on the phone. */
export interface TrustVerdicts {
  readonly judge: (content: Uint8Array, trust: JudgingTrust) => Promise<Judgement>;
  readonly compare: (
    first: string,
    second: string,
    trust: JudgingTrust & Proof & WithLinks & { readonly believes_first?: boolean },
  ) => Promise<ComparedLogs>;
  readonly place: (
    receipt: string,
    checkpoint: string,
    trust: JudgingTrust & Proof & WithLinks,
  ) => Promise<PlacedReceipt>;
  readonly links: (
    trust: JudgingTrust & WithLinks & { readonly entries: readonly LogEntry[] },
  ) => Promise<FollowedLinks>;
}

function valueOf<T>(result: CoreResult<T>): T {
  if (!result.ok) throw new ProblemError(result.error.code, result.error.offset);
  return result.value;
}

/** @param load the module, asked for at the first call, and again after it could not be had */
export function trustVerdicts(load: () => Promise<TrustModule>): TrustVerdicts {
  let loading: Promise<TrustModule> | null = null;
  const loaded = async (): Promise<TrustModule> => {
    loading ??= load();
    try {
      return await loading;
    } catch {
      loading = null;
      throw new ProblemError('engine_missing');
    }
  };
  const using = async <T>(call: (module: TrustModule) => CoreResult<T>): Promise<T> => {
    const module = await loaded();
    try {
      return valueOf(call(module));
    } catch (cause) {
      // A stopped instance answers nobody any more; it holds nothing that another one lacks.
      if (!(cause instanceof ProblemError)) loading = null;
      throw cause;
    }
  };
  return {
    judge: (content, trust) => using((module) => module.judge(content, trust)),
    compare: (first, second, trust) => using((module) => module.compare(first, second, trust)),
    place: (receipt, checkpoint, trust) =>
      using((module) => module.place(receipt, checkpoint, trust)),
    links: (trust) => using((module) => module.links(trust)),
  };
}
