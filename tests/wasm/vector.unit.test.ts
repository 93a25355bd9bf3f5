import {
  lendVector,
  openBytes,
  openOpener,
  openSealer,
  sealBytes,
} from '@landfall/bindings/index.ts';
import type { CoreModule } from '@landfall/bindings/index.ts';
import { describe, expect, it } from 'vitest';
import { bareModule, builtFile, fixedBytes, valueOf } from './support/module.ts';

const kPassphrase = { passphrase: 'seven words that nobody else has said', work_factor: 10 };
const kChunk = 65536;
// Around where the core begins to ask, where groups of four blocks end, and where chunks do.
const kSizes = [0, 1, 255, 1007, 1008, 1023, 1024, 1025, 1279, 1280, 1281, 4096, 5000].concat([
  kChunk - 1,
  kChunk,
  kChunk + 1,
  kChunk + 1023,
  kChunk + 1024,
  3 * kChunk + 777,
]);

const vector = builtFile('landfall-vector');

async function lentModule(): Promise<CoreModule> {
  const module = await bareModule();
  expect(await lendVector(module, vector)).toBe(true);
  return module;
}

/** A module whose chacha20 is four instructions' bytes and touches nothing. */
function idleModule(...body: [number, number, number, number]): Uint8Array<ArrayBuffer> {
  const name = [...'chacha20'].map((letter) => letter.charCodeAt(0));
  // prettier-ignore
  const bytes = Uint8Array.from([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    1, 11, 1, 0x60, 6, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 1, 0x7f,
    3, 2, 1, 0,
    7, 12, 1, 8, ...name, 0, 0,
    10, 8, 1, 6, 0, ...body, 0x0b,
  ]);
  if (!WebAssembly.validate(bytes)) throw new Error('no module');
  return bytes;
}

const [kConst, kNop, kUnreachable] = [0x41, 0x01, 0x00];

describe('vector instructions lent to the core', () => {
  it('seal to the same bytes as without them, and open what either sealed', async () => {
    const [with_, without] = [await lentModule(), await bareModule()];
    let compared = 0;
    for (const size of kSizes) {
      const plain = fixedBytes(size);
      const sealed = valueOf(sealBytes(with_, kPassphrase, fixedBytes(64), plain));
      const other = valueOf(sealBytes(without, kPassphrase, fixedBytes(64), plain));

      expect(sealed, String(size)).toEqual(other);
      expect(valueOf(openBytes(without, kPassphrase, sealed)), String(size)).toEqual(plain);
      expect(valueOf(openBytes(with_, kPassphrase, other)), String(size)).toEqual(plain);
      compared += 1;
    }
    expect(compared).toBe(kSizes.length);
  });

  it('are asked for long messages only, and may come in the middle of a file', async () => {
    const module = await bareModule();
    const sizes: number[] = [];
    const plain = fixedBytes(2 * kChunk);
    const sealer = valueOf(openSealer(module, kPassphrase, fixedBytes(64)));
    const first = valueOf(sealer.push(plain));
    module.useVector((...args) => {
      sizes.push(args[2]);
      return 0;
    });
    const rest = valueOf(sealer.finish());
    sealBytes(module, kPassphrase, fixedBytes(64), fixedBytes(100));

    expect(sizes).toEqual([kChunk]);
    const alone = valueOf(sealBytes(await bareModule(), kPassphrase, fixedBytes(64), plain));
    expect(Uint8Array.from([...first, ...rest])).toEqual(alone);
  });

  it('work on after the memory grew', async () => {
    const module = await lentModule();
    const before = module.exports.memory.buffer.byteLength;
    module.exports.lf_alloc(before);
    expect(module.exports.memory.buffer.byteLength).toBeGreaterThan(before);

    const plain = fixedBytes(kChunk);
    const sealed = valueOf(sealBytes(module, kPassphrase, fixedBytes(64), plain));
    expect(valueOf(openBytes(await bareModule(), kPassphrase, sealed))).toEqual(plain);
  });

  it('still refuse a changed byte', async () => {
    const module = await lentModule();
    const sealed = valueOf(sealBytes(module, kPassphrase, fixedBytes(64), fixedBytes(kChunk)));
    sealed[sealed.length - 5000]! ^= 1;

    const opener = valueOf(openOpener(module, kPassphrase));
    const pushed = opener.push(sealed);
    expect(pushed.ok && opener.finish().ok).toBe(false);
  });

  it.each([
    ['bytes that are no module', new TextEncoder().encode('not wasm')],
    ['one that does nothing and says so', idleModule(kConst, 0, kNop, kNop)],
    // 4,096 in LEB128.
    ['one that does nothing and claims all', idleModule(kConst, 0x80, 0x20, kNop)],
    ['one that stops', idleModule(kUnreachable, kNop, kNop, kNop)],
    ['one without the function', builtFile('reorder_probe')],
  ])('are not taken from %s, and sealing goes on', async (_what, source) => {
    const module = await bareModule();

    expect(await lendVector(module, source)).toBe(false);
    const plain = fixedBytes(kChunk);
    const sealed = valueOf(sealBytes(module, kPassphrase, fixedBytes(64), plain));
    expect(valueOf(openBytes(module, kPassphrase, sealed))).toEqual(plain);
  });

  it('come from a compiler that keeps a load before the store that follows', async () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { instance } = await WebAssembly.instantiate(builtFile('reorder_probe'), {
      env: { memory },
    });
    const words = new Uint32Array(memory.buffer);
    words[0] = 5;
    (instance.exports['probe'] as (at: number, to: number) => void)(0, 16);

    expect([...words.slice(4, 8), words[0]]).toEqual([5, 5, 5, 5, 9]);
  });
});
