/** The module of vector instructions: lent to the core where the browser has them and they answer rightly. */

import { instantiate } from './host';
import type { CoreSource } from './host';
import type { CoreModule } from './module';
import { sha256 } from './values';

/** ChaCha20 in the core's own memory, see wasm/vector: how many bytes were done. */
export type VectorChaCha20 = (
  to: number,
  from: number,
  size: number,
  key: number,
  nonce: number,
  counter: number,
) => number;

// A miscompiled vector unit may be right on short messages, and agree with itself on any.
const kKnownBytes = 4096;
const kKnownCounter = 1;
/** The SHA-256 of 4,096 zeros under the key 00, 01, …, 1f and the nonce 20, …, 2b, from that block on, as OpenSSL encrypts them. */
const kKnownAnswer = '2a5d070cdeccf480fba88a2d296ac45a67f0ec2ae211d9acbc2bb482f52a104c';
const kKeyBytes = 32;
const kNonceBytes = 12;

function sha256Of(module: CoreModule, bytes: Uint8Array): string {
  const digest = sha256(module, bytes);
  return digest.ok ? digest.value : '';
}

/** Whether `chacha20` gives the known answer, in place and from one place to another. */
function isRight(module: CoreModule, chacha20: VectorChaCha20): boolean {
  const { lf_alloc, lf_free, memory } = module.exports;
  const room = lf_alloc(2 * kKnownBytes + kKeyBytes + kNonceBytes);
  if (room === 0) return false;
  const key = room + 2 * kKnownBytes;
  const view = new Uint8Array(memory.buffer, room, 2 * kKnownBytes + kKeyBytes + kNonceBytes);
  view.fill(0);
  for (let i = 0; i < kKeyBytes + kNonceBytes; i += 1) view[2 * kKnownBytes + i] = i;
  const run = (to: number): boolean =>
    chacha20(to, room, kKnownBytes, key, key + kKeyBytes, kKnownCounter) === kKnownBytes;
  const answer = (from: number): string =>
    sha256Of(module, new Uint8Array(memory.buffer, from, kKnownBytes).slice());
  // The one into another place first: the one in place overwrites what both begin with.
  const right =
    run(room + kKnownBytes) &&
    answer(room + kKnownBytes) === kKnownAnswer &&
    run(room) &&
    answer(room) === kKnownAnswer;
  lf_free(room);
  return right;
}

/**
 * Lends the core the vector module in `source`, and says whether it took it: not where the browser
 * knows no vector instructions, nor where they give a wrong answer. Sealing and opening give the
 * same bytes either way.
 *
 * @throws WasmTrap when the core stops.
 */
export async function lendVector(module: CoreModule, source: CoreSource): Promise<boolean> {
  let chacha20: VectorChaCha20;
  try {
    const { exports } = await instantiate(source, { env: { memory: module.exports.memory } });
    chacha20 = exports['chacha20'] as VectorChaCha20;
    // Unguarded: where it stops, it stops alone.
    if (!isRight(module, chacha20)) return false;
  } catch (cause) {
    if (module.trapped() !== null) throw cause;
    return false;
  }
  module.useVector(chacha20);
  return true;
}
