/** Sealing and opening in the module take the same memory whatever the size of the file. */
import { deriveKeys, openOpener, openSealer } from '@landfall/bindings/index.ts';
import { expect, it } from 'vitest';
import { fillHeap } from '../support/full-heap.ts';
import { bareModule, fixedBytes, valueOf } from './support/module.ts';

const kFileBytes = 64 << 20;
// How the worker reads a file, and how it keeps what was sealed (web/src/offline/sealed-files.ts).
const kPlainPieceBytes = 64 << 10;
const kSealedPieceBytes = 512 << 10;
const kMostGrownBytes = 4 << 20;

/** Collects pieces of any size into pieces of `size` bytes for `use`. */
function regroup(size: number, use: (piece: Uint8Array) => void) {
  const buffer = new Uint8Array(size);
  let filled = 0;
  return {
    add: (bytes: Uint8Array): void => {
      for (let from = 0; from < bytes.length;) {
        const take = Math.min(bytes.length - from, size - filled);
        buffer.set(bytes.subarray(from, from + take), filled);
        filled += take;
        from += take;
        if (filled === size) use(buffer);
        filled %= size;
      }
    },
    rest: (): void => {
      use(buffer.subarray(0, filled));
    },
  };
}

it('64 MB are sealed and opened, and the memory of the module grows by 4 MB at most', async () => {
  const module = await bareModule();
  const keys = valueOf(deriveKeys(module, fixedBytes(32)));
  const before = fillHeap(module.exports);

  const sealer = valueOf(openSealer(module, [keys.age_recipient], fixedBytes(64)));
  const opener = valueOf(openOpener(module, { keys: keys.handle }));
  const plain = fixedBytes(kPlainPieceBytes);
  let opened = 0;
  let wrong = 0;
  const take = (bytes: Uint8Array): void => {
    const from = opened % plain.length;
    const like = plain.subarray(from, Math.min(from + bytes.length, plain.length));
    if (Buffer.compare(like, bytes.subarray(0, like.length)) !== 0) wrong += 1;
    opened += bytes.length;
  };
  const sealed = regroup(kSealedPieceBytes, (piece) => {
    take(valueOf(opener.push(piece)));
  });
  for (let done = 0; done < kFileBytes; done += plain.length) {
    sealed.add(valueOf(sealer.push(plain)));
  }
  sealed.add(valueOf(sealer.finish()));
  sealed.rest();
  take(valueOf(opener.finish()));

  expect(opened).toBe(kFileBytes);
  expect(wrong).toBe(0);
  const grown = module.exports.memory.buffer.byteLength - before;
  expect(grown).toBeGreaterThan(0);
  expect(grown).toBeLessThanOrEqual(kMostGrownBytes);
});
