/** Sealing and opening through the bindings, as the portal's worker does. */

import {
  deriveKeys,
  hashPassword,
  lendVector,
  loadModule,
  openOpener,
  openSealer,
  verifyPackage,
} from '../../../wasm/bindings/index';
import type { ByteStream, CoreResult, PasswordCost } from '../../../wasm/bindings/index';
import { fillHeap } from '../../support/full-heap';

/** What a contender makes of a file, piece by piece. */
export interface Pieces {
  readonly push: (bytes: Uint8Array) => Uint8Array;
  readonly finish: () => Uint8Array;
}

export interface Landfall {
  readonly sealer: () => Pieces;
  readonly opener: () => Pieces;
  /** Uses up the memory at hand; the size from which every further need shows as growth. */
  readonly fillMemory: () => number;
  readonly memoryBytes: () => number;
}

function valueOf<T>(result: CoreResult<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

const pieces = (stream: ByteStream): Pieces => ({
  push: (bytes) => valueOf(stream.push(bytes)),
  finish: () => valueOf(stream.finish()),
});

/** The core, and what may be lent to it. */
export interface Modules {
  readonly wasm: BufferSource;
  readonly vector: BufferSource;
  readonly vault: BufferSource;
}

/** An instance of the core with keys of its own, and vector instructions or not. */
export async function landfall(
  { wasm, vector }: Modules,
  { fast }: { readonly fast: boolean },
): Promise<Landfall> {
  const module = await loadModule(wasm);
  if (fast && !(await lendVector(module, vector))) throw new Error('no vector instructions');
  const keys = valueOf(deriveKeys(module, new Uint8Array(32).fill(1)));
  return {
    sealer: () => pieces(valueOf(openSealer(module, [keys.age_recipient], new Uint8Array(64)))),
    opener: () => pieces(valueOf(openOpener(module, { keys: keys.handle }))),
    fillMemory: () => fillHeap(module.exports),
    memoryBytes: () => module.exports.memory.buffer.byteLength,
  };
}

/** Hashes passwords as the portal does: each in a new instance, compiled before. */
export async function passwordHash(
  vault: BufferSource,
): Promise<(password: Uint8Array, salt: Uint8Array, cost: PasswordCost) => Promise<Uint8Array>> {
  const compiled = await WebAssembly.compile(vault);
  return async (password, salt, cost) =>
    valueOf(await hashPassword(compiled, password, salt, cost));
}

/** Whether a package is what the agency with this root key signed. */
export async function packageCheck(
  wasm: BufferSource,
  rootKey: string,
  aud: string,
): Promise<(bytes: Uint8Array, signature: string) => boolean> {
  const module = await loadModule(wasm);
  const trust = { root_key: rootKey, aud };
  return (bytes, signature) => verifyPackage(module, bytes, signature, trust).ok;
}
