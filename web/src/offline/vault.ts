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
const kPersonal: StoreNames<LandfallSchema>[] = ['keys', 'drafts', 'files', 'outbox', 'receipts'];

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

type RandomBytes = (count: number) => Uint8Array<ArrayBuffer>;

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

async function makeRecord(core: Core, random: RandomBytes): Promise<DeviceKeyRecord> {
  const root = random(kRootBytes);
  const wrapping_key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const iv = random(kIvBytes);
  const wrapped_root = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, wrapping_key, root);
  const keys = core.deriveKeys(root);
  const { age_recipient } = keys;
  keys.free();
  root.fill(0);
  return { wrapping_key, iv, wrapped_root, age_recipient, locked: false };
}

/** Writes the record unless there is one: two tabs may ask at once, the first one's keys are everybody's. */
function addRecord(database: Database, record: DeviceKeyRecord): Promise<boolean> {
  return database.run(async (connection) => {
    const transaction = connection.transaction('keys', 'readwrite', kDurable);
    const existing = await transaction.store.get(kRecord);
    if (existing === undefined) await transaction.store.put(record, kRecord);
    await transaction.done;
    return existing === undefined;
  });
}

function clearPersonal(database: Database): Promise<void> {
  return database.run(async (connection) => {
    const transaction = connection.transaction(kPersonal, 'readwrite', kDurable);
    await Promise.all([
      ...kPersonal.map((store) => transaction.objectStore(store).clear()),
      transaction.done,
    ]);
  });
}

/** The keys while they are open. */
interface Holder {
  readonly open: (record: DeviceKeyRecord) => Promise<VaultState>;
  readonly forget: (next: VaultState) => VaultState;
  readonly keys: () => Keys;
  readonly state: () => VaultState;
}

function holdKeys(core: Core): Holder {
  let keys: Keys | null = null;
  let state: VaultState = 'none';
  const set = (next: VaultState, opened: Keys | null): VaultState => {
    keys?.free();
    keys = opened;
    state = next;
    return state;
  };
  return {
    open: async (record) => {
      const root = await unwrapRoot(record);
      const opened = core.deriveKeys(root);
      root.fill(0);
      return set('open', opened);
    },
    forget: (next) => set(next, null),
    keys: () => {
      if (keys !== null) return keys;
      throw new ProblemError(state === 'locked' ? 'vault_locked' : 'vault_missing');
    },
    state: () => state,
  };
}

export function openVault(database: Database, core: Core, random: RandomBytes): Vault {
  const { open, forget, keys, state } = holdKeys(core);
  const stored = (): Promise<DeviceKeyRecord | undefined> =>
    database.run((connection) => connection.get('keys', kRecord));
  const setLocked = async (record: DeviceKeyRecord, locked: boolean): Promise<void> => {
    await database.run((connection) => connection.put('keys', { ...record, locked }, kRecord));
  };
  return {
    keys,
    state,
    restore: async () => {
      const record = await stored();
      if (record === undefined) return forget('none');
      return record.locked ? forget('locked') : open(record);
    },
    create: async () => {
      const record = await makeRecord(core, random);
      if (!(await addRecord(database, record))) throw new ProblemError('vault_exists');
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
      const opened = await open(record);
      await setLocked(record, false);
      return opened;
    },
    wipe: async () => {
      await clearPersonal(database);
      return forget('none');
    },
  };
}
