import {
  deriveKeys,
  openBytes,
  openOpener,
  openSealer,
  sealBytes,
} from '@landfall/bindings/index.ts';
import type { ByteStream, CoreModule } from '@landfall/bindings/index.ts';
import { describe, expect, it } from 'vitest';
import { builtModule, codeOf, fixedBytes, utf8, valueOf } from './support/module.ts';

const kIdentity = 'AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0';
const kChunk = 64 << 10;

const keysFrom = (module: CoreModule, seed: number) =>
  valueOf(deriveKeys(module, fixedBytes(32, seed)));

function pushAll(stream: ByteStream, bytes: Uint8Array, step: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += step)
    pieces.push(valueOf(stream.push(bytes.subarray(at, at + step))));
  pieces.push(valueOf(stream.finish()));
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

describe('sealing', () => {
  it('opens for each of several recipients what was sealed to them', async () => {
    const module = await builtModule();
    const office = keysFrom(module, 1);
    const applicant = keysFrom(module, 2);
    const sealed = valueOf(
      sealBytes(
        module,
        [office.age_recipient, applicant.age_recipient],
        fixedBytes(64),
        utf8('王小明'),
      ),
    );

    for (const { handle } of [office, applicant]) {
      expect(new TextDecoder().decode(valueOf(openBytes(module, { keys: handle }, sealed)))).toBe(
        '王小明',
      );
    }
  });

  it('gives the same file in pieces of any size', async () => {
    const module = await builtModule();
    const { age_recipient } = keysFrom(module, 1);
    const bytes = fixedBytes(2 * kChunk + 5);
    const sealer = () => valueOf(openSealer(module, [age_recipient], fixedBytes(64)));

    const whole = pushAll(sealer(), bytes, bytes.length);

    for (const step of [1000, kChunk, kChunk + 1])
      expect(pushAll(sealer(), bytes, step)).toEqual(whole);
  });

  it('opens nothing of a file that was cut, changed or sealed to somebody else', async () => {
    const module = await builtModule();
    const mine = keysFrom(module, 1);
    const other = keysFrom(module, 2);
    const sealed = valueOf(
      sealBytes(module, [mine.age_recipient], fixedBytes(64), fixedBytes(500)),
    );
    const changed = sealed.slice();
    changed[changed.length - 20] = (changed.at(-20) ?? 0) ^ 1;

    expect(codeOf(openBytes(module, { keys: mine.handle }, sealed.subarray(0, -1)))).toBe(
      'envelope_unreadable',
    );
    expect(codeOf(openBytes(module, { keys: mine.handle }, changed))).toBe('envelope_unreadable');
    expect(codeOf(openBytes(module, { keys: other.handle }, sealed))).toBe('envelope_unreadable');
    expect(codeOf(openBytes(module, [kIdentity], sealed))).toBe('envelope_unreadable');
  });

  it('seals to a passphrase and bounds its work factor', async () => {
    const module = await builtModule();
    const passphrase = 'correct horse';
    const sealed = valueOf(
      sealBytes(module, { passphrase, work_factor: 10 }, fixedBytes(64), utf8('draft')),
    );

    expect(valueOf(openBytes(module, { passphrase }, sealed))).toEqual(utf8('draft'));
    expect(codeOf(openBytes(module, { passphrase: 'wrong' }, sealed))).toBe('envelope_unreadable');
    expect(codeOf(openSealer(module, { passphrase, work_factor: 31 }, fixedBytes(64)))).toBe(
      'too_large',
    );
  });

  it('refuses too little entropy and arguments of another shape', async () => {
    const module = await builtModule();
    const { age_recipient } = keysFrom(module, 1);

    expect(codeOf(openSealer(module, [age_recipient], fixedBytes(63)))).toBe('entropy_short');
    expect(codeOf(openSealer(module, ['age1notarecipient'], fixedBytes(64)))).toBe(
      'recipient_invalid',
    );
    expect(codeOf(openSealer(module, [], fixedBytes(64)))).toBe('recipient_invalid');
    expect(codeOf(openOpener(module, { keys: 9999 }))).toBe('handle_unknown');
    expect(codeOf(openOpener(module, ['nonsense']))).toBe('identity_invalid');
    expect(codeOf(deriveKeys(module, fixedBytes(31)))).toBe('entropy_short');
  });

  it('forgets keys that were freed', async () => {
    const module = await builtModule();
    const keys = keysFrom(module, 1);

    keys.free();

    expect(codeOf(keys.signManifest({}))).toBe('handle_unknown');
    expect(codeOf(openOpener(module, { keys: keys.handle }))).toBe('handle_unknown');
  });
});
