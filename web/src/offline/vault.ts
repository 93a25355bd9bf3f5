/** The applicant's keys: made here, kept under a key that cannot leave this browser, forgotten when locked. */

import { ProblemError } from '../engine/problem';
import type { Core, Keys } from '../engine/core';
import type { VaultState } from '../engine/protocol';
import { kDurable } from './database';
import type { Database } from './database';
import type { DeviceKeyRecord, LandfallSchema } from './records';
import type { IDBPTransaction, StoreNames } from 'idb';

const kRootBytes = 32;
const kIvBytes = 12;
const kRecord = 'device';
const kWiped = 'wiped';
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
  /**
   * What a transaction of a draft must find or put beside it: the record that opens it again, with the
   * root wrapped as it was read. Problems: as `keys`.
   */
  readonly record: () => DeviceKeyRecord;
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
    const transaction = connection.transaction(['keys', 'public'], 'readwrite', kDurable);
    const keys = transaction.objectStore('keys');
    const existing = await keys.get(kRecord);
    if (existing === undefined) await keys.put(record, kRecord);
    await Promise.all([transaction.objectStore('public').delete(kWiped), transaction.done]);
    return existing === undefined;
  });
}

/** The stores {@link keepRecord} looks into. */
export const kKeyStores = ['keys', 'public'] as const;

type KeyStores = IDBPTransaction<LandfallSchema, StoreNames<LandfallSchema>[], 'readwrite'>;

/**
 * Makes sure, within `transaction`, that `record` lies in the database: when the browser cleared it under
 * an open page, what is sealed from now on could never be opened again. A person who wiped the vault
 * wants the opposite, so that is left as it is.
 *
 * @returns whether what is written in `transaction` can be opened later
 */
export async function keepRecord(
  transaction: KeyStores,
  record: DeviceKeyRecord,
): Promise<boolean> {
  const keys = transaction.objectStore('keys');
  const present = await keys.get(kRecord);
  if (present !== undefined) return present.age_recipient === record.age_recipient;
  if ((await transaction.objectStore('public').get(kWiped)) !== undefined) return false;
  await keys.put(record, kRecord);
  return true;
}

function clearPersonal(database: Database): Promise<void> {
  return database.run(async (connection) => {
    const transaction = connection.transaction([...kPersonal, 'public'], 'readwrite', kDurable);
    await Promise.all([
      ...kPersonal.map((store) => transaction.objectStore(store).clear()),
      // A tab that has not heard of it yet must not bring keys back.
      transaction.objectStore('public').put({ kind: 'wiped' }, kWiped),
      transaction.done,
    ]);
  });
}

/** The keys while they are open. */
interface Holder {
  readonly open: (record: DeviceKeyRecord) => Promise<VaultState>;
  readonly forget: (next: VaultState) => VaultState;
  readonly keys: () => Keys;
  readonly record: () => DeviceKeyRecord;
  readonly state: () => VaultState;
}

function holdKeys(core: Core): Holder {
  let open: { readonly keys: Keys; readonly record: DeviceKeyRecord } | null = null;
  let state: VaultState = 'none';
  const set = (next: VaultState, opened: typeof open): VaultState => {
    open?.keys.free();
    open = opened;
    state = next;
    return state;
  };
  const opened = (): NonNullable<typeof open> => {
    if (open !== null) return open;
    throw new ProblemError(state === 'locked' ? 'vault_locked' : 'vault_missing');
  };
  return {
    open: async (record) => {
      const root = await unwrapRoot(record);
      const keys = core.deriveKeys(root);
      root.fill(0);
      return set('open', { keys, record: { ...record, locked: false } });
    },
    forget: (next) => set(next, null),
    keys: () => opened().keys,
    record: () => opened().record,
    state: () => state,
  };
}

export function openVault(database: Database, core: Core, random: RandomBytes): Vault {
  const { open, forget, keys, record, state } = holdKeys(core);
  const stored = (): Promise<DeviceKeyRecord | undefined> =>
    database.run((connection) => connection.get('keys', kRecord));
  const setLocked = async (record: DeviceKeyRecord, locked: boolean): Promise<void> => {
    await database.run((connection) => connection.put('keys', { ...record, locked }, kRecord));
  };
  return {
    keys,
    record,
    state,
    restore: async () => {
      const found = await stored();
      if (found === undefined) return forget('none');
      return found.locked ? forget('locked') : open(found);
    },
    create: async () => {
      const made = await makeRecord(core, random);
      if (!(await addRecord(database, made))) throw new ProblemError('vault_exists');
      return open(made);
    },
    lock: async () => {
      const found = await stored();
      if (found === undefined) return forget('none');
      await setLocked(found, true);
      return forget('locked');
    },
    unlock: async () => {
      const found = await stored();
      if (found === undefined) throw new ProblemError('vault_missing');
      const opened = await open(found);
      await setLocked(found, false);
      return opened;
    },
    wipe: async () => {
      await clearPersonal(database);
      return forget('none');
    },
  };
}
