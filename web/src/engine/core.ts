/** The core module as the worker uses it: bindings whose "could not" is a ProblemError with the core's code. */

import {
  checkAttachment,
  deriveKeys,
  kSealingEntropyBytes,
  lendVector,
  loadFunctions,
  neededModules,
  loadModule,
  openBytes,
  openDigest,
  openForm,
  openOpener,
  openSealer,
  paddedSize,
  sealBytes,
  sha256,
  verifyIndex,
  verifyPackage,
  verifyReceipt,
  WasmTrap,
  writeAnswers,
} from '@landfall/bindings/index';
import { callForJson } from '@landfall/bindings/calls';
import type {
  AnswersPart,
  AnswersRequest,
  AttachmentCheck,
  CheckedAttachment,
  CoreModule,
  CoreResult,
  CoreSource,
  Digest,
  FormOptions,
  Identities,
  JsonValue,
  MigrationStep,
  OpenForm,
  PackageIndex,
  PublicKeys,
  Recipients,
  SideModule,
} from '@landfall/bindings/index';
import { documentRules, rawRule } from './description';
import type { RawDescription } from './description';
import { ProblemError } from './problem';
import type { Fee, FormDescription, NodeState, ProblemCode, Verdict } from './protocol';

export type { PackageIndex, PublicKeys, Recipients };
export type { AnswersPart, AnswersRequest, CheckedAttachment, FormOptions, Identities, JsonValue };
export type { MigrationStep };

/** An age file being made or opened; every call throws a ProblemError when it cannot go on. */
export interface Stream {
  readonly push: (bytes: Uint8Array) => Uint8Array;
  readonly finish: () => Uint8Array;
  /** Gives an unfinished stream's memory back; harmless after `finish`. */
  readonly free: () => void;
}

export interface Hash {
  readonly push: (bytes: Uint8Array) => void;
  readonly finish: () => string;
  readonly free: () => void;
}

/** One change of a form; the shapes are those of shared/form/state_json.h. */
export type FormChange =
  | { readonly path: string; readonly value: JsonValue }
  | { readonly path: string; readonly add: true }
  | { readonly path: string; readonly remove: true }
  | { readonly as_of: string };

export interface Form {
  readonly description: FormDescription;
  /** The rule of the file question at `path` (no positions), as the core takes it back. */
  readonly documentRule: (path: string) => JsonValue | null;
  /** Every node's state at opening. */
  readonly nodes: readonly NodeState[];
  /** What was carried over from answers of another version. */
  readonly migration: readonly MigrationStep[];
  /** Applies a change; the nodes that differ come back. */
  readonly change: (change: FormChange) => readonly NodeState[];
  readonly allAnswers: () => JsonValue;
  readonly check: () => Verdict;
  /** Null while the answers do not decide it. */
  readonly fee: () => Fee | null;
  readonly writeAnswers: (request: AnswersRequest) => AnswersPart;
  readonly free: () => void;
}

export interface Keys extends PublicKeys {
  /** Opens age files sealed to this applicant. */
  readonly identities: Identities;
  readonly signManifest: (payload: JsonValue) => string;
  readonly free: () => void;
}

export interface ExpectedReceipt {
  readonly rootKey: string;
  readonly now: string;
  /** Absent: any submission's. */
  readonly manifest_sha256?: string;
  /** Key thumbprints the agency has revoked. */
  readonly revoked: readonly string[];
  /** What short receipts, which bring no certificate, are checked against. */
  readonly receipt_keys?: PackageIndex['receipt_keys'];
}

export interface GenuineReceipt {
  readonly manifest_sha256: string;
  readonly case_number: string;
  readonly received_at: string;
  readonly amount_due: { readonly amount: number; readonly currency: string };
  /** The short receipt inside, for the QR. */
  readonly short: string;
  readonly logged: boolean;
}

export interface ExpectedIndex {
  readonly rootKey: string;
  readonly now: string;
  readonly min_serial: number;
}

export interface Core {
  /** Throws functions_needed for a form that loadFunctions() of its offset has to come before. */
  readonly openForm: (packageBytes: Uint8Array, options: FormOptions) => Form;
  /**
   * Loads the modules that the offset of a functions_needed names; the form can be opened after it.
   * Throws functions_needed where it cannot.
   */
  readonly loadFunctions: (needed: number) => Promise<void>;
  readonly checkAttachment: (
    check: AttachmentCheck,
    head: Uint8Array,
    tail: Uint8Array,
  ) => CheckedAttachment;
  readonly paddedSize: (size: number) => number;
  readonly openSealer: (recipients: Recipients) => Stream;
  readonly openOpener: (identities: Identities) => Stream;
  readonly seal: (recipients: Recipients, bytes: Uint8Array) => Uint8Array<ArrayBuffer>;
  readonly open: (identities: Identities, sealed: Uint8Array) => Uint8Array<ArrayBuffer>;
  readonly openHash: () => Hash;
  readonly sha256: (bytes: Uint8Array) => string;
  readonly deriveKeys: (root: Uint8Array) => Keys;
  /** Throws unless the receipt is genuine and for this manifest. */
  readonly verifyReceipt: (receipt: string, expected: ExpectedReceipt) => GenuineReceipt;
  /** Throws unless the index is the agency's and at least as new as `min_serial`. */
  readonly verifyIndex: (index: string, expected: ExpectedIndex) => PackageIndex;
  /** The digest of a package the agency signed; throws for any other. */
  readonly verifyPackage: (packageBytes: Uint8Array, signature: string, rootKey: string) => string;
}

/** The root key is the trust; the index signed by it is what tells this side its audience. */
const kAnyAudience = '';

const kTrapProblems: Readonly<Record<WasmTrap['code'], ProblemCode>> = {
  core_trap: 'engine_aborted',
  core_out_of_memory: 'engine_out_of_memory',
  core_abi_mismatch: 'engine_mismatch',
};

/** The problem code of a stopped module, or null for anything else. */
export function trapProblem(cause: unknown): ProblemCode | null {
  return cause instanceof WasmTrap ? kTrapProblems[cause.code] : null;
}

/** @throws ProblemError with the core's code */
function valueOf<T>(result: CoreResult<T>): T {
  if (!result.ok) throw new ProblemError(result.error.code, result.error.offset);
  return result.value;
}

function streamOf(opened: ReturnType<typeof openOpener>): Stream {
  const stream = valueOf(opened);
  return {
    push: (bytes) => valueOf(stream.push(bytes)),
    finish: () => valueOf(stream.finish()),
    free: stream.free,
  };
}

function hashOf(opened: CoreResult<Digest>): Hash {
  const digest = valueOf(opened);
  return {
    push: (bytes) => {
      valueOf(digest.push(bytes));
    },
    finish: () => valueOf(digest.finish()),
    free: digest.free,
  };
}

function decidedFee(fee: { readonly amount: number | null }): Fee | null {
  return fee.amount === null ? null : (fee as Fee);
}

function formOf(module: CoreModule, opened: CoreResult<OpenForm<RawDescription>>): Form {
  const form = valueOf(opened);
  const raw = form.description;
  return {
    description: { ...raw, documents: documentRules(raw) },
    documentRule: (path) => rawRule(raw, path),
    nodes: form.nodes as readonly NodeState[],
    migration: form.migration,
    change: (change) =>
      valueOf(
        callForJson<{ readonly changes: readonly NodeState[] }>(
          module,
          'lf_form_set',
          form.handle,
          JSON.stringify(change),
        ),
      ).changes,
    allAnswers: () => JSON.parse(valueOf(form.allAnswers())) as JsonValue,
    check: () => valueOf(form.check()),
    fee: () => decidedFee(valueOf(form.fee())),
    writeAnswers: (request) => valueOf(writeAnswers(module, form.handle, request)),
    free: form.free,
  };
}

function keysOf(module: CoreModule, root: Uint8Array): Keys {
  const keys = valueOf(deriveKeys(module, root));
  return {
    sign_key: keys.sign_key,
    kid: keys.kid,
    age_recipient: keys.age_recipient,
    identities: { keys: keys.handle },
    signManifest: (payload) => valueOf(keys.signManifest(payload)),
    free: keys.free,
  };
}

/**
 * Loads the core module.
 *
 * @param randomBytes the only source of entropy the module ever gets.
 * @param beside where a module beside the core is, asked for when a form needs it.
 */
export async function loadCore(
  source: CoreSource,
  randomBytes: (count: number) => Uint8Array,
  beside: (name: SideModule | 'vector') => CoreSource,
  signal?: AbortSignal,
): Promise<Core> {
  const module = await loadModule(source, signal);
  // Asked for by the first file, which does not wait for it.
  let vector: Promise<boolean> | null = null;
  const fasten = (): void => {
    vector ??= lendVector(module, beside('vector')).catch(() => false);
  };
  const entropy = (): Uint8Array => randomBytes(kSealingEntropyBytes);
  return {
    openForm: (bytes, options) => formOf(module, openForm<RawDescription>(module, bytes, options)),
    loadFunctions: async (needed) => {
      const load = async (name: SideModule): Promise<void> =>
        module.useFunctions(name, await loadFunctions(beside(name), signal));
      try {
        await Promise.all(neededModules(needed).map(load));
      } catch (cause) {
        if (trapProblem(cause) !== null) throw cause;
        throw new ProblemError('functions_needed');
      }
    },
    checkAttachment: (check, head, tail) => valueOf(checkAttachment(module, check, head, tail)),
    paddedSize: (size) => paddedSize(module, size),
    openSealer: (recipients) => {
      fasten();
      return streamOf(openSealer(module, recipients, entropy()));
    },
    openOpener: (identities) => {
      fasten();
      return streamOf(openOpener(module, identities));
    },
    seal: (recipients, bytes) => valueOf(sealBytes(module, recipients, entropy(), bytes)),
    open: (identities, sealed) => valueOf(openBytes(module, identities, sealed)),
    openHash: () => hashOf(openDigest(module)),
    sha256: (bytes) => valueOf(sha256(module, bytes)),
    deriveKeys: (root) => keysOf(module, root),
    verifyReceipt: (receipt, { rootKey, ...expected }) => {
      const trust = { root_key: rootKey, aud: kAnyAudience, ...expected };
      return valueOf(verifyReceipt(module, receipt, trust)).receipt as GenuineReceipt;
    },
    verifyIndex: (index, { rootKey, ...expected }) => {
      const trust = { root_key: rootKey, aud: kAnyAudience, ...expected };
      return valueOf(verifyIndex(module, index, trust)).index;
    },
    verifyPackage: (bytes, signature, rootKey) => {
      const trust = { root_key: rootKey, aud: kAnyAudience };
      return valueOf(verifyPackage(module, bytes, signature, trust)).digest;
    },
  };
}
