/** Sealing and opening of age files in pieces, so that memory stays small whatever the size. */

import { callForBytes, callForJson, mapResult, release } from './calls';
import type { CoreResult } from './calls';
import type { CoreModule } from './module';

/** age X25519 recipients, or a passphrase with its scrypt work factor. */
export type Recipients =
  readonly string[] | { readonly passphrase: string; readonly work_factor: number };

/** age identities, a passphrase, or the applicant's keys, whose secret stays in the module. */
export type Identities =
  readonly string[] | { readonly passphrase: string } | { readonly keys: number };

/** How many random bytes a sealer takes. */
export const kSealingEntropyBytes = 64;

/** Bytes come out as soon as they are ready; `finish` ends the stream and frees it. */
export interface ByteStream {
  readonly push: (bytes: Uint8Array) => CoreResult<Uint8Array>;
  readonly finish: () => CoreResult<Uint8Array>;
  /** For a stream that is given up; harmless after `finish`. */
  readonly free: () => void;
}

function stream(module: CoreModule, kind: 'sealer' | 'opener', handle: number): ByteStream {
  return {
    push: (bytes) => callForBytes(module, `lf_${kind}_push`, handle, bytes),
    finish: () => callForBytes(module, `lf_${kind}_finish`, handle),
    free: () => {
      release(module, `lf_${kind}_free`, handle);
    },
  };
}

/** Begins an age file; `entropy` is kSealingEntropyBytes fresh random bytes, used once. @throws WasmTrap */
export function openSealer(
  module: CoreModule,
  recipients: Recipients,
  entropy: Uint8Array,
): CoreResult<ByteStream> {
  const opened = callForJson<{ readonly sealer: number }>(
    module,
    'lf_sealer_open',
    JSON.stringify(recipients),
    entropy,
  );
  return mapResult(opened, ({ sealer }) => stream(module, 'sealer', sealer));
}

/** Begins to open an age file. Plaintext that came out of `push` is whole chunks, each authenticated; the file is complete only after `finish`. @throws WasmTrap */
export function openOpener(module: CoreModule, identities: Identities): CoreResult<ByteStream> {
  const opened = callForJson<{ readonly opener: number }>(
    module,
    'lf_opener_new',
    JSON.stringify(identities),
  );
  return mapResult(opened, ({ opener }) => stream(module, 'opener', opener));
}

function whole(
  opened: CoreResult<ByteStream>,
  bytes: Uint8Array,
): CoreResult<Uint8Array<ArrayBuffer>> {
  if (!opened.ok) return opened;
  try {
    const first = opened.value.push(bytes);
    if (!first.ok) return first;
    const rest = opened.value.finish();
    if (!rest.ok) return rest;
    const joined = new Uint8Array(first.value.length + rest.value.length);
    joined.set(first.value);
    joined.set(rest.value, first.value.length);
    return { ok: true, value: joined };
  } finally {
    opened.value.free();
  }
}

/** Seals bytes that fit into memory at once. @throws WasmTrap */
export function sealBytes(
  module: CoreModule,
  recipients: Recipients,
  entropy: Uint8Array,
  bytes: Uint8Array,
): CoreResult<Uint8Array<ArrayBuffer>> {
  return whole(openSealer(module, recipients, entropy), bytes);
}

/** Opens an age file that fits into memory at once: all of it or nothing. @throws WasmTrap */
export function openBytes(
  module: CoreModule,
  identities: Identities,
  sealed: Uint8Array,
): CoreResult<Uint8Array<ArrayBuffer>> {
  return whole(openOpener(module, identities), sealed);
}
