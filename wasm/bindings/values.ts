/** Checks of single values and files, digests, and padding. */

import { callForBytes, callForJson, callForText, mapResult, release } from './calls';
import type { CoreResult } from './calls';
import type { Finding, JsonValue } from './form';
import type { CoreModule } from './module';

export interface ValueCheck {
  readonly type: string;
  readonly value: string;
  readonly as_of: string;
  readonly params?: Readonly<Record<string, JsonValue>>;
}

export interface CheckedValue {
  readonly findings: readonly Finding[];
  readonly normalised?: string;
}

export interface AttachmentCheck {
  /** The slot's rule, as the package's documents.json has it. */
  readonly rule: JsonValue;
  readonly name: string;
  readonly size: number;
  readonly width?: number;
  readonly height?: number;
}

export interface CheckedAttachment {
  readonly findings: readonly Finding[];
  /** By the bytes, never by the name; empty when unknown. */
  readonly media_type: string;
}

export interface Digest {
  readonly push: (bytes: Uint8Array) => CoreResult<null>;
  /** 64 lower-case hex digits; frees the digest. */
  readonly finish: () => CoreResult<string>;
  readonly free: () => void;
}

/** Checks one value of an identity type. @throws WasmTrap */
export function checkValue(module: CoreModule, check: ValueCheck): CoreResult<CheckedValue> {
  return callForJson<CheckedValue>(module, 'lf_check', JSON.stringify(check));
}

/** Checks a file by its rule, from its first and last bytes (64 KiB are enough). @throws WasmTrap */
export function checkAttachment(
  module: CoreModule,
  check: AttachmentCheck,
  head: Uint8Array,
  tail: Uint8Array,
): CoreResult<CheckedAttachment> {
  return callForJson<CheckedAttachment>(
    module,
    'lf_attachment_check',
    JSON.stringify(check),
    head,
    tail,
  );
}

/** The Padmé length a plaintext of `size` bytes is padded to before sealing. @throws WasmTrap */
export function paddedSize(module: CoreModule, size: number): number {
  return module.guard(() => module.exports.lf_padded_size(size)) >>> 0;
}

/** A SHA-256 that takes its bytes in pieces. @throws WasmTrap */
export function openDigest(module: CoreModule): CoreResult<Digest> {
  const opened = callForJson<{ readonly hash: number }>(module, 'lf_sha256_new');
  return mapResult(opened, ({ hash }) => ({
    push: (bytes: Uint8Array) =>
      mapResult(callForBytes(module, 'lf_sha256_push', hash, bytes), () => null),
    finish: () => callForText(module, 'lf_sha256_finish', hash),
    free: () => {
      release(module, 'lf_sha256_free', hash);
    },
  }));
}

/** SHA-256 of bytes at once, 64 lower-case hex digits. @throws WasmTrap */
export function sha256(module: CoreModule, bytes: Uint8Array): CoreResult<string> {
  const opened = openDigest(module);
  if (!opened.ok) return opened;
  try {
    const pushed = opened.value.push(bytes);
    return pushed.ok ? opened.value.finish() : pushed;
  } finally {
    opened.value.free();
  }
}
