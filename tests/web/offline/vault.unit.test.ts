import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../web/src/engine/problem';
import { openDatabase } from '../../../web/src/offline/database';
import { openLabel } from '../../../web/src/offline/root-wrapping';
import { waitAfter } from '../../../web/src/offline/unlock-tries';
import { openVault } from '../../../web/src/offline/vault';
import type { Vault } from '../../../web/src/offline/vault';
import { freshCore } from '../support/phone';

let databases = 0;

function random(count: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(randomBytes(count));
}

async function freshVault(): Promise<Vault> {
  databases += 1;
  const database = openDatabase(`vault-${String(databases)}`);
  return openVault(database, await freshCore(), random, () => new Date());
}

const kSecret = new Uint8Array(32).fill(5);

function underPin() {
  const salt = random(16);
  const lock = { method: 'pin', salt, memory_kib: 19 * 1024, passes: 2 } as const;
  return Promise.resolve({ lock, secret: kSecret });
}

describe('a root that comes from a backup', () => {
  it('makes a person where it is new, who needs to show nothing', async () => {
    const vault = await freshVault();
    await vault.create();
    const before = vault.keys().age_recipient;

    const root = new Uint8Array(32).fill(7);
    expect(await vault.adopt(root)).toBe('open');

    expect(vault.keys().age_recipient).not.toBe(before);
    expect((await vault.people()).size).toBe(2);
    expect(vault.record().record.lock.method).toBe('device');
  });

  it('opens the person it belongs to, who forgot what to show, and keeps name and records', async () => {
    const vault = await freshVault();
    await vault.create();
    await vault.setLabel('Mei-Ling');
    const root = vault.withRoot((open) => open.slice());
    const { person } = vault.record();
    await vault.change(() => Promise.resolve(null), underPin);
    await vault.lock();

    expect(await vault.adopt(root)).toBe('open');

    const { record } = vault.record();
    expect(vault.record().person).toBe(person);
    expect([record.lock.method, await openLabel(record)]).toEqual(['device', 'Mei-Ling']);
    expect((await vault.people()).size).toBe(1);
  });
});

describe('locking by itself', () => {
  it('comes with the first lock that asks for something, and stays as the person then chose', async () => {
    const vault = await freshVault();
    await vault.create();
    const nothing = () => Promise.resolve(null);
    const after = () => vault.record().record.lock_after_ms / 60_000;
    const times = [after()];
    await vault.change(nothing, underPin);
    times.push(after());
    await vault.setLockAfter(0);
    await vault.change(() => Promise.resolve(kSecret), underPin);
    times.push(after());

    expect(times).toEqual([0, 15, 0]);
  });
});

describe('an open vault', () => {
  it('wipes its root when it is locked', async () => {
    const vault = await freshVault();
    await vault.create();
    const root = vault.withRoot((open) => open);
    expect(root.some((byte) => byte !== 0)).toBe(true);

    await vault.lock();

    expect(root.every((byte) => byte === 0)).toBe(true);
    expect(() => vault.withRoot((open) => open)).toThrow('vault_locked');
  });

  it('is carried to another tab only when its person has to show something', async () => {
    const vault = await freshVault();
    await vault.create();
    const nothing = await vault.carry();
    await vault.change(() => Promise.resolve(null), underPin);
    const carried = await vault.carry();

    expect(nothing).toBeNull();
    expect(carried?.root.key.extractable).toBe(false);
  });
});

describe('waits after wrong tries', () => {
  it('begin with the fifth and grow to an hour', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 50].map((failed) => waitAfter(failed) / 60_000);

    expect(minutes).toEqual([0, 0, 0, 0, 0.5, 1, 5, 15, 60, 60]);
  });
});

describe('a try that says nothing about the person', () => {
  it('takes back itself, and none that was made meanwhile', async () => {
    const vault = await freshVault();
    await vault.create();
    await vault.change(() => Promise.resolve(null), underPin);
    const { person } = vault.record();
    await vault.lock();
    const wrong = (): Promise<never> =>
      vault
        .unlock(person, () => Promise.resolve(random(32)))
        .then(
          () => Promise.reject(new Error('a wrong secret opened it')),
          (cause: unknown) => Promise.reject(cause as Error),
        );
    const missing = (during: () => Promise<unknown>) => async (): Promise<never> => {
      await during().catch(() => undefined);
      throw new ProblemError('unlock_missing');
    };
    const failed = async () => (await vault.people()).get(person)?.tries.failed;

    await expect(
      vault.unlock(
        person,
        missing(() => Promise.resolve()),
      ),
    ).rejects.toThrow('unlock_missing');
    const alone = await failed();
    await expect(vault.unlock(person, missing(wrong))).rejects.toThrow('unlock_missing');

    expect([alone, (await failed()) ?? 0]).toEqual([0, 1]);
  });
});
