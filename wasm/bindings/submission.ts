/** The applicant's keys, the signed manifest, and the checking of what the agency signed. */

import { callForJson, callForText, mapResult, release } from './calls';
import type { CoreResult } from './calls';
import type { Fee, JsonValue, Verdict } from './form';
import type { CoreModule } from './module';

export interface PublicKeys {
  /** Ed25519 public key, base64url. */
  readonly sign_key: string;
  readonly kid: string;
  readonly age_recipient: string;
}

/** Keys derived from the applicant's root; their secrets never leave the module. */
export interface ApplicantKeys extends PublicKeys {
  /** For calls of the core that take keys. */
  readonly handle: number;
  /** Signs a manifest; the answer is a compact JWS of type `landfall-submission`. */
  readonly signManifest: (payload: JsonValue) => CoreResult<string>;
  readonly free: () => void;
}

/** What the sealed answers say of one attachment. */
export interface SealedAttachment {
  readonly slot: string;
  readonly file_name: string;
  readonly media_type: string;
  readonly size: number;
  readonly sha256: string;
  readonly sealed_sha256: string;
}

export interface AnswersRequest {
  readonly submission_id: string;
  readonly kid: string;
  /** 32 random bytes, base64url. */
  readonly salt: string;
  readonly form: { readonly id: string; readonly version: string; readonly digest: string };
  readonly as_of: string;
  readonly time_zone: string;
  readonly attachments: readonly SealedAttachment[];
}

export interface AnswersPart {
  /** What is sealed, padded already. */
  readonly plaintext: string;
  readonly answers_commitment: string;
  readonly verdict: Verdict;
  readonly fee_code: Fee['fee_code'];
}

export interface Trust {
  /** The agency's root key, base64url. */
  readonly root_key: string;
  readonly aud: string;
}

export interface VerifiedReceipt {
  readonly genuine: true;
  readonly receipt: {
    readonly manifest_sha256: string;
    readonly case_number: string;
    readonly received_at: string;
    readonly amount_due: { readonly amount: number; readonly currency: string };
    /** Whether it proves its place in the receipt log; a short one does not. */
    readonly logged: boolean;
  };
}

export interface IndexedPackage {
  readonly form_id: string;
  readonly version: string;
  readonly digest: string;
  readonly size: number;
  readonly signature: string;
}

export interface PackageIndex {
  readonly aud: string;
  readonly serial: number;
  readonly issued: string;
  readonly expires: string;
  readonly development: boolean;
  readonly packages: readonly IndexedPackage[];
  readonly recipients: Readonly<
    Record<
      string,
      readonly {
        readonly recipient: string;
        readonly not_before: string;
        readonly not_after: string;
      }[]
    >
  >;
  readonly receipt_keys: readonly {
    readonly key: string;
    readonly not_before: string;
    readonly not_after: string;
  }[];
  readonly revoked: readonly string[];
}

/** Derives the applicant's keys from 32 random bytes; the caller wipes `root`. @throws WasmTrap */
export function deriveKeys(module: CoreModule, root: Uint8Array): CoreResult<ApplicantKeys> {
  const derived = callForJson<PublicKeys & { readonly keys: number }>(
    module,
    'lf_keys_derive',
    root,
  );
  return mapResult(derived, ({ keys, sign_key, kid, age_recipient }) => ({
    handle: keys,
    sign_key,
    kid,
    age_recipient,
    signManifest: (payload: JsonValue) =>
      callForText(module, 'lf_manifest_sign', keys, JSON.stringify(payload)),
    free: () => {
      release(module, 'lf_keys_free', keys);
    },
  }));
}

/** The plaintext of the answers part of `form` and its commitment. @throws WasmTrap */
export function writeAnswers(
  module: CoreModule,
  form: number,
  request: AnswersRequest,
): CoreResult<AnswersPart> {
  return callForJson<AnswersPart>(module, 'lf_submission_answers', form, JSON.stringify(request));
}

/** Whether a receipt (full or short) is genuine at `now`, and what it says. @throws WasmTrap */
export function verifyReceipt(
  module: CoreModule,
  receipt: string,
  trust: Trust & { readonly now: string; readonly manifest_sha256?: string },
): CoreResult<VerifiedReceipt> {
  return callForJson<VerifiedReceipt>(module, 'lf_receipt_verify', receipt, JSON.stringify(trust));
}

/** The signed index, if genuine and not older than `min_serial`; an expired one is said to be. @throws WasmTrap */
export function verifyIndex(
  module: CoreModule,
  index: string,
  trust: Trust & { readonly now: string; readonly min_serial: number },
): CoreResult<{ readonly index: PackageIndex; readonly expired: boolean }> {
  return callForJson(module, 'lf_index_verify', index, JSON.stringify(trust));
}

/** Whether `signature` (of type `landfall-package`) is the agency's over exactly these bytes. @throws WasmTrap */
export function verifyPackage(
  module: CoreModule,
  packageBytes: Uint8Array,
  signature: string,
  trust: Trust,
): CoreResult<{ readonly digest: string; readonly form_id: string; readonly version: string }> {
  return callForJson(module, 'lf_package_verify', packageBytes, signature, JSON.stringify(trust));
}
