/** The module of trust: whether something is genuine, step by step, and whether logs agree. */

import { callForJson } from './calls';
import type { CoreResult } from './calls';
import type { CoreSource } from './host';
import type { JsonValue } from './form';
import { loadModule } from './module';
import type { CoreModule } from './module';

export type JudgedKind =
  | 'receipt'
  | 'message'
  | 'index'
  | 'build'
  | 'certificate'
  | 'submission'
  | 'package'
  | 'bundle'
  | 'checkpoint'
  | 'document';

/** One thing that was looked at; shared/submission/FORMAT.md lists the names. */
export interface JudgedStep {
  readonly name: string;
  readonly state: 'held' | 'failed' | 'not_checked';
}

/** What was found of a document; `facts` are proven, `missing` the parts a bundle lacks. */
export interface Judgement {
  readonly genuine: boolean;
  readonly kind: JudgedKind;
  readonly code?: string;
  readonly needs_index?: boolean;
  readonly facts: Readonly<Record<string, JsonValue>>;
  readonly steps: readonly JudgedStep[];
}

/**
 * Whom to trust: the agency's root key, the certificates between root keys where there are any, and the
 * signed index (its text) where there is one.
 */
export interface JudgingTrust {
  readonly root_key: string;
  readonly certificates?: readonly string[];
  readonly now: string;
  readonly index?: string;
  readonly aud?: string;
  /** Digest of the submission that a receipt or a message is to be about. */
  readonly manifest_sha256?: string;
}

export interface LogHead {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

export interface ComparedLogs {
  readonly relation: 'same' | 'grown' | 'rewritten' | 'unproven' | 'other_log' | 'empty';
  readonly first: LogHead;
  readonly second: LogHead;
}

export interface PlacedReceipt {
  readonly place: 'held' | 'absent' | 'unproven' | 'too_short' | 'other_log';
  readonly index: number;
  readonly checkpoint: LogHead;
}

/** A proof as the server sends it; absent as long as there is none. */
export interface WithProof {
  readonly proof?: readonly string[];
}

/** A root key that speaks for the agency, for statements of that time; '' is without an end. */
export interface AgencyRoot {
  readonly key: string;
  /** The build's own, one that took over from it, or one that was replaced and publishes nothing any more. */
  readonly standing: 'own' | 'successor' | 'former';
  readonly not_before: string;
  readonly not_after: string;
}

/** What decides who speaks; `current` is the key that signed the newest index believed so far. */
export interface RootsRequest {
  readonly own: readonly string[];
  readonly current?: string;
  readonly certificates: readonly string[];
  readonly aud: string;
  readonly revoked: readonly string[];
}

/** An entry of a log: where a receipt says that it stands. */
export interface LogEntry {
  readonly origin: string;
  readonly index: number;
}

/**
 * Where an entry is in the log of today: at the same place, in what a restore lost, or nobody knows.
 * `continued` is how many entries of its log are in today's; absent where that is all of them.
 */
export interface StandingEntry extends LogEntry {
  readonly standing: 'held' | 'lost' | 'foreign';
  readonly continued?: number;
}

/** What links of the receipt log are known: signed texts, those of today and those kept since earlier. */
export interface WithLinks {
  readonly links?: readonly string[];
  readonly kept_links?: readonly string[];
}

/** `links` are those to go by and to keep; a `contradiction` is two that cannot both be true. */
export interface FollowedLinks {
  /** The log of today. */
  readonly current: string;
  readonly links: readonly string[];
  readonly contradiction?: readonly [string, string];
  readonly entries: readonly StandingEntry[];
}

/** An instance of landfall-trust.wasm. It holds no secrets and may be kept. */
export interface TrustModule {
  /** What `content` is and whether it is genuine. Errors: those of the trust itself. */
  readonly judge: (content: Uint8Array, trust: JudgingTrust) => CoreResult<Judgement>;
  /**
   * Two checkpoints, or receipts that bring their own; with `believes_first` the first was verified
   * before and is not again. With `links` one that the log of the index continues as a whole is taken for one of it.
   *
   * Errors: those of a checkpoint, a receipt or a link that is not genuine; log_inconsistent.
   */
  readonly compare: (
    first: string,
    second: string,
    trust: JudgingTrust & WithProof & WithLinks & { readonly believes_first?: boolean },
  ) => CoreResult<ComparedLogs>;
  /**
   * Whether the log of a checkpoint holds a receipt, also one of a former log whose entry goes on by
   * `links`. Errors: as compare().
   */
  readonly place: (
    receipt: string,
    checkpoint: string,
    trust: JudgingTrust & WithProof & WithLinks,
  ) => CoreResult<PlacedReceipt>;
  /**
   * The root keys that speak for the agency, the current ones first.
   *
   * Errors: too_large, certificate_not_genuine (nothing leads to `current`).
   */
  readonly roots: (request: RootsRequest) => CoreResult<{ readonly roots: readonly AgencyRoot[] }>;
  /**
   * What links prove, and where `entries` of former logs are in the one of the index.
   *
   * Errors: receipt_key_unknown (no index), too_large, those of a link that is not genuine.
   */
  readonly links: (
    trust: JudgingTrust & WithLinks & { readonly entries: readonly LogEntry[] },
  ) => CoreResult<FollowedLinks>;
}

function trustOver(module: CoreModule): TrustModule {
  return {
    judge: (content, trust) =>
      callForJson(module, 'lf_trust_judge', content, JSON.stringify(trust)),
    compare: (first, second, trust) =>
      callForJson(module, 'lf_trust_compare', first, second, JSON.stringify(trust)),
    place: (receipt, checkpoint, trust) =>
      callForJson(module, 'lf_trust_place', receipt, checkpoint, JSON.stringify(trust)),
    roots: (request) => callForJson(module, 'lf_trust_roots', JSON.stringify(request)),
    links: (trust) => callForJson(module, 'lf_trust_links', JSON.stringify(trust)),
  };
}

/**
 * Makes one instance of the module of trust.
 *
 * @throws WasmTrap, and what loadModule() of the core throws
 */
export async function loadTrust(source: CoreSource, signal?: AbortSignal): Promise<TrustModule> {
  return trustOver(await loadModule(source, signal));
}
