/** The applicant's keys: made here, kept under a key that cannot leave this browser, forgotten when locked. */

import { ProblemError } from '../engine/problem';
import type { Core, Keys } from '../engine/core';
import type { VaultState } from '../engine/protocol';
import { kDurable } from './database';
import type { Database } from './database';
import type { DeviceKeyRecord, LandfallSchema } from './records';
import type { StoreNames } from 'idb';

const kRootBytes = 32;
const kIvBytes = 12;
const kRecord = 'device';

export interface Vault {
  /** Opens the keys unless there are none or the person locked them. */
  readonly restore: () => Promise<VaultState>;
  /** Problems: vault_exists. */
  readonly create: () => Promise<VaultState>;
  readonly lock: () => Promise<VaultState>;
  /** Problems: vault_missing, vault_unreadable. */
  readonly unlock: () => Promise<VaultState>;
  /** Forgets keys, drafts, files, outbox and receipts of this browser. */
  readonly wipe: () => Promise<VaultState>;
  /** Problems: vault_missing, vault_locked. */
  readonly keys: () => Keys;
  readonly state: () => VaultState;
}

async function newWrappingKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

async function unwrapRoot(record: DeviceKeyRecord): Promise<Uint8Array> {
  try {
    const root = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: record.iv },
      record.wrapping_key,
      record.wrapped_root,
    );
    return new Uint8Array(root);
  } catch {
    throw new ProblemError('vault_unreadable');
  }
}

export function openVault(
  database: Database,
  core: Core,
  random: (count: number) => Uint8Array<ArrayBuffer>,
): Vault {
  let keys: Keys | null = null;
  let state: VaultState = 'none';

  const stored = (): Promise<DeviceKeyRecord | undefined> =>
    database.run((connection) => connection.get('keys', kRecord));

  const forget = (next: VaultState): VaultState => {
    keys?.free();
    keys = null;
    state = next;
    return state;
  };

  const open = async (record: DeviceKeyRecord): Promise<VaultState> => {
    const root = await unwrapRoot(record);
    keys?.free();
    keys = core.deriveKeys(root);
    root.fill(0);
    state = 'open';
    return state;
  };

  const setLocked = async (record: DeviceKeyRecord, locked: boolean): Promise<void> => {
    await database.run((connection) => connection.put('keys', { ...record, locked }, kRecord));
  };

  const makeRecord = async (): Promise<DeviceKeyRecord> => {
    const root = random(kRootBytes);
    const wrapping_key = await newWrappingKey();
    const iv = random(kIvBytes);
    const wrapped_root = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, wrapping_key, root);
    const made = core.deriveKeys(root);
    const { age_recipient } = made;
    made.free();
    root.fill(0);
    return { wrapping_key, iv, wrapped_root, age_recipient, locked: false };
  };

  return {
    restore: async () => {
      const record = await stored();
      if (record === undefined) return forget('none');
      return record.locked ? forget('locked') : open(record);
    },
    create: async () => {
      const record = await makeRecord();
      const added = await database.run(async (connection) => {
        const transaction = connection.transaction('keys', 'readwrite', kDurable);
        const existing = await transaction.store.get(kRecord);
        // Two tabs may ask at once: the first one's keys are everybody's keys.
        if (existing === undefined) await transaction.store.put(record, kRecord);
        await transaction.done;
        return existing === undefined;
      });
      if (!added) throw new ProblemError('vault_exists');
      return open(record);
    },
    lock: async () => {
      const record = await stored();
      if (record === undefined) return forget('none');
      await setLocked(record, true);
      return forget('locked');
    },
    unlock: async () => {
      const record = await stored();
      if (record === undefined) throw new ProblemError('vault_missing');
      await open(record);
      await setLocked(record, false);
      return state;
    },
    wipe: async () => {
      await database.run(async (connection) => {
        const personal: StoreNames<LandfallSchema>[] = ['keys', 'drafts', 'files', 'outbox', 'receipts'];
        const transaction = connection.transaction(personal, 'readwrite', kDurable);
        await Promise.all([
          ...personal.map((store) => transaction.objectStore(store).clear()),
          transaction.done,
        ]);
      });
      return forget('none');
    },
    keys: () => {
      if (keys === null) {
        throw new ProblemError(state === 'locked' ? 'vault_locked' : 'vault_missing');
      }
      return keys;
    },
    state: () => state,
  };
}
