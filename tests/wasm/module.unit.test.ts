import { WasmTrap, loadModule, openDigest, sha256 } from '@landfall/bindings/index.ts';
import { describe, expect, it } from 'vitest';
import { builtModule, codeOf, fixedBytes, utf8, valueOf } from './support/module.ts';

describe('the core module', () => {
  it('hashes as FIPS 180-4 says', async () => {
    const module = await builtModule();

    expect(valueOf(sha256(module, utf8('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('gives the same digest for one piece and for many', async () => {
    const module = await builtModule();
    const bytes = fixedBytes(100_000);
    const digest = valueOf(openDigest(module));

    for (let at = 0; at < bytes.length; at += 977)
      valueOf(digest.push(bytes.subarray(at, at + 977)));

    expect(valueOf(digest.finish())).toBe(valueOf(sha256(module, bytes)));
  });

  it('answers a handle that is gone with a code, not with another object', async () => {
    const module = await builtModule();
    const digest = valueOf(openDigest(module));

    valueOf(digest.finish());

    expect(codeOf(digest.push(utf8('x')))).toBe('handle_unknown');
    expect(() => {
      digest.free();
    }).not.toThrow();
  });

  it('gives back every byte of memory its calls took', async () => {
    const module = await builtModule();
    const bytes = fixedBytes(1 << 20);
    valueOf(sha256(module, bytes));
    const before = module.exports.memory.buffer.byteLength;

    for (let i = 0; i < 64; i += 1) valueOf(sha256(module, bytes));

    expect(module.exports.memory.buffer.byteLength).toBe(before);
  });

  it('reads results after the memory has grown under them', async () => {
    const module = await builtModule();
    const bytes = fixedBytes(48 << 20);
    const before = module.exports.memory.buffer.byteLength;

    const digest = valueOf(sha256(module, bytes));

    expect(module.exports.memory.buffer.byteLength).toBeGreaterThan(before);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a module that stops', () => {
  it('throws a trap with a code, and throws it again at every later call', async () => {
    const module = await builtModule();
    const stop = (): unknown =>
      module.guard(() => module.exports['lf_sha256_push']?.(1, 0xffff_fff0, 64));
    const digest = valueOf(openDigest(module));

    expect(stop).toThrow(WasmTrap);

    expect(module.trapped()?.code).toBe('core_trap');
    expect(() => sha256(module, utf8('abc'))).toThrow(WasmTrap);
    expect(() => {
      digest.free();
    }).not.toThrow();
  });

  it('says so when the memory is not enough', async () => {
    const module = await builtModule();
    const tooMuch = { length: 0xf000_0000 } as unknown as Uint8Array;

    expect(() => sha256(module, tooMuch)).toThrow('core_out_of_memory');
  });

  it('does not touch another instance', async () => {
    const first = await builtModule();
    const second = await builtModule();

    expect(() =>
      first.guard(() => first.exports['lf_sha256_push']?.(1, 0xffff_fff0, 64)),
    ).not.toThrow();
    expect(valueOf(sha256(second, utf8('')))).toMatch(/^e3b0c442/);
  });
});

describe('loading', () => {
  it('refuses bytes that are no module', async () => {
    await expect(loadModule(utf8('not wasm'))).rejects.toThrow(WebAssembly.CompileError);
  });

  it('stops when it is called off', async () => {
    const controller = new AbortController();
    controller.abort(new Error('called off'));

    await expect(loadModule(fixedBytes(8), controller.signal)).rejects.toThrow('called off');
  });

  it('compiles a response while it arrives', async () => {
    const { readFileSync } = await import('node:fs');
    const bytes = readFileSync(process.env['LANDFALL_WASM'] ?? 'unnamed');
    const response = new Response(new Uint8Array(bytes), {
      headers: { 'content-type': 'application/wasm' },
    });

    const module = await loadModule(Promise.resolve(response));

    expect(valueOf(sha256(module, utf8('')))).toMatch(/^e3b0c442/);
  });
});
