/** The applicants' keys: made here, each person's under what they show to unlock, forgotten when locked. */

import { ProblemError } from '../engine/problem';
import type { Core, Keys } from '../engine/core';
import type { CarriedVault, VaultState } from '../engine/protocol';
import type { Database } from './database';
import {
  addKeyRecord,
  changeKeyRecord,
  clearPerson,
  clearPersonal,
  noteOpened,
  owns,
  readKeyRecords,
} from './key-records';
import type { HeldRecord } from './key-records';
import { ownedName, recordName } from './names';
import { carryRoot, openLabel, sealLabel, takeRoot, unwrapRoot, wrapRoot } from './root-wrapping';
import type { NewLock, WrappedRoot } from './root-wrapping';
import type { KeyRecord } from './records';
import { kNoTries } from './unlock-tries';
import { tryToOpen } from './vault-door';
import type { Show, TriedRoot } from './vault-door';
import { holdKeys } from './vault-holder';
import type { Holder } from './vault-holder';

type Bytes = Uint8Array<ArrayBuffer>;
type RandomBytes = (count: number) => Bytes;

const kRootBytes = 32;
/** Until the person chooses another time, or never. */
const kLockAfterMs = 15 * 60_000;

/** What a person's root is put under from now on. */
export interface NextLock {
  readonly lock: NewLock;
  /** 32 bytes; null for the browser's key alone. */
  readonly secret: Bytes | null;
}

export interface Vault {
  /**
   * Keeps the keys that are open unless they were put away elsewhere; opens those of a person who needs to show
   * nothing and did not lock them.
   */
  readonly restore: () => Promise<VaultState>;
  /** Whether the open keys may stay open: false after another tab locked, left or wiped. */
  readonly stays: () => Promise<boolean>;
  /** Everybody's key records, by their names. */
  readonly people: () => Promise<ReadonlyMap<string, KeyRecord>>;
  /** Makes keys under the browser's own key alone and opens them. Problems: vault_exists. */
  readonly create: () => Promise<VaultState>;
  /** The same for one more person; the others' are locked. */
  readonly add: (label: string) => Promise<VaultState>;
  readonly lock: () => Promise<VaultState>;
  /** Problems: vault_missing, vault_unreadable, unlock_wrong, unlock_wait; those of `show`. */
  readonly unlock: (person: string, show: Show) => Promise<VaultState>;
  /**
   * Puts the open person's root under another lock, in one write: whoever is interrupted has the former one.
   *
   * Problems: as `unlock`; unlock_changed (another tab did so meanwhile).
   */
  readonly change: (show: Show, next: () => Promise<NextLock>) => Promise<void>;
  readonly setLabel: (label: string) => Promise<void>;
  readonly setLockAfter: (lock_after_ms: number) => Promise<void>;
  /** Opens the vault of `root` under the browser's key alone: its person of before, or a new one. */
  readonly adopt: (root: Bytes) => Promise<VaultState>;
  /** Forgets the open person's keys, drafts, files, outbox and receipts; the others' stay. */
  readonly leave: () => Promise<VaultState>;
  /** Forgets keys, drafts, files, outbox and receipts of everybody in this browser. */
  readonly wipe: () => Promise<VaultState>;
  /** Problems: vault_missing, vault_locked. */
  readonly keys: () => Keys;
  /** Lends the open root; `use` keeps nothing of it. Problems: as `keys`. */
  readonly withRoot: <T>(use: (root: Bytes) => T) => T;
  /**
   * What a transaction of a draft must find or put beside it: the record that opens it again, with the
   * root wrapped as it was read. Problems: as `keys`.
   */
  readonly record: () => HeldRecord;
  /** A name for a record of the open person. Problems: as `keys`. */
  readonly newName: () => string;
  /** Whether the record called `name` is the open person's; false while locked. */
  readonly owns: (name: string) => boolean;
  readonly state: () => VaultState;
  /** Null unless somebody has to show something to open it: then a new worker cannot do it by itself. */
  readonly carry: () => Promise<CarriedVault | null>;
  readonly resume: (carried: CarriedVault) => Promise<VaultState>;
}

export function sameBytes(a: Bytes, b: Bytes): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

async function freshRecord(
  core: Core,
  root: Bytes,
  label: string,
  random: RandomBytes,
): Promise<KeyRecord> {
  const wrapped = await wrapRoot(root, { method: 'device' }, null, random);
  const keys = core.deriveKeys(root);
  const { age_recipient } = keys;
  keys.free();
  return {
    ...wrapped,
    age_recipient,
    locked: false,
    tries: kNoTries,
    label: await sealLabel(wrapped.wrapping_key, label, random),
    lock_after_ms: 0,
    holds_unnamed: false,
  };
}

/** What a vault is made of: where its records lie, and what it takes from outside. */
interface VaultParts {
  readonly database: Database;
  readonly core: Core;
  readonly random: RandomBytes;
  readonly now: () => Date;
  readonly holder: Holder;
}

async function openRoot(
  { database, holder }: VaultParts,
  person: string,
  { root }: Pick<TriedRoot, 'root'>,
): Promise<VaultState> {
  const record = await noteOpened(database, person);
  if (record === null) throw new ProblemError('vault_missing');
  const { databaseId } = await readKeyRecords(database);
  return holder.open(root, { person, record, databaseId });
}

/** Somebody's own keys under the browser's own key; `first`: only where there are none yet. */
async function makePerson(
  parts: VaultParts,
  label: string,
  root: Bytes,
  first: boolean,
): Promise<VaultState> {
  const { database, core, random } = parts;
  const person = recordName(random);
  const record = await freshRecord(core, root, label, random);
  if (!(await addKeyRecord(database, person, record, first))) {
    root.fill(0);
    throw new ProblemError('vault_exists');
  }
  return openRoot(parts, person, { root });
}

async function adopt(parts: VaultParts, root: Bytes): Promise<VaultState> {
  const { database, core, random } = parts;
  const made = await freshRecord(core, root, '', random);
  const { people } = await readKeyRecords(database);
  const known = [...people].find(([, { age_recipient }]) => age_recipient === made.age_recipient);
  if (known === undefined) return makePerson(parts, '', root, false);
  const { wrapping_key, iv, wrapped_root, lock } = made;
  const label = await sealLabel(wrapping_key, await openLabel(known[1]), random);
  await changeKeyRecord(database, known[0], (present) => ({
    ...present,
    ...{ wrapping_key, iv, wrapped_root, lock, label },
  }));
  return openRoot(parts, known[0], { root });
}

/** The record under its new lock. The first lock that asks for something brings locking by itself along. */
function relocked(present: KeyRecord, wrapped: WrappedRoot, label: KeyRecord['label']): KeyRecord {
  const first = present.lock.method === 'device' && wrapped.lock.method !== 'device';
  const lock_after_ms = first && present.lock_after_ms === 0 ? kLockAfterMs : present.lock_after_ms;
  return { ...present, ...wrapped, label, lock_after_ms, tries: kNoTries };
}

async function changeLock(
  { database, random, now, holder }: VaultParts,
  show: Show,
  next: () => Promise<NextLock>,
): Promise<void> {
  const { person } = holder.opened().held;
  const { root, record } = await tryToOpen(database, person, show, now);
  try {
    const { lock, secret } = await next();
    const wrapped = await wrapRoot(root, lock, secret, random);
    const label = await sealLabel(wrapped.wrapping_key, await openLabel(record), random);
    let overtaken = false;
    const written = await changeKeyRecord(database, person, (present) => {
      overtaken = !sameBytes(present.iv, record.iv);
      return overtaken ? present : relocked(present, wrapped, label);
    });
    if (written === null) throw new ProblemError('vault_missing');
    if (overtaken) throw new ProblemError('unlock_changed');
    holder.reheld(written);
  } finally {
    root.fill(0);
  }
}

/** Keeps who is open, or opens who needs to show nothing. */
async function restore({ database, holder }: VaultParts): Promise<VaultState> {
  const { people, databaseId } = await readKeyRecords(database);
  const open = holder.ifOpen();
  const mine = open === null ? undefined : people.get(open.held.person);
  if (mine !== undefined && !mine.locked) {
    holder.reheld(mine);
    return holder.state();
  }
  if (people.size === 0) return holder.forget('none');
  holder.forget('locked');
  for (const [person, record] of people) {
    if (record.locked || record.lock.method !== 'device') continue;
    try {
      return holder.open(await unwrapRoot(record, null), { person, record, databaseId });
    } catch (cause) {
      // Whoever asks for these keys hears of it; the others' are not in the way.
      if (!(cause instanceof ProblemError)) throw cause;
    }
  }
  return 'locked';
}

async function resume(
  { database, holder }: VaultParts,
  { person, root }: CarriedVault,
): Promise<VaultState> {
  if (holder.ifOpen() !== null) return holder.state();
  const { people, databaseId } = await readKeyRecords(database);
  const record = people.get(person);
  if (record === undefined || record.locked) return holder.state();
  return holder.open(await takeRoot(root), { person, record, databaseId });
}

async function stays({ database, holder }: VaultParts): Promise<boolean> {
  const open = holder.ifOpen();
  if (open === null) return false;
  const mine = (await readKeyRecords(database)).people.get(open.held.person);
  return mine !== undefined && !mine.locked;
}

async function forgetPerson(
  { database, holder }: VaultParts,
  clear: () => Promise<void>,
): Promise<VaultState> {
  await clear();
  const { people } = await readKeyRecords(database);
  return holder.forget(people.size === 0 ? 'none' : 'locked');
}

/** Changes what the open person's record says beside the keys. */
async function note(
  { database, holder }: VaultParts,
  change: (record: KeyRecord) => KeyRecord,
): Promise<void> {
  const record = await changeKeyRecord(database, holder.opened().held.person, change);
  if (record === null) throw new ProblemError('vault_missing');
  holder.reheld(record);
}

/** The calls that open, change and forget. */
function doors(parts: VaultParts) {
  const { database, random, now, holder } = parts;
  return {
    create: () => makePerson(parts, '', random(kRootBytes), true),
    add: (label: string) => makePerson(parts, label, random(kRootBytes), false),
    unlock: async (person: string, show: Show) =>
      openRoot(parts, person, await tryToOpen(database, person, show, now)),
    change: (show: Show, next: () => Promise<NextLock>) => changeLock(parts, show, next),
    adopt: (root: Bytes) => adopt(parts, root),
    lock: async () => {
      const open = holder.ifOpen();
      if (open === null) return restore(parts);
      await changeKeyRecord(database, open.held.person, (present) => ({
        ...present,
        locked: true,
      }));
      return forgetPerson(parts, () => Promise.resolve());
    },
    leave: () => forgetPerson(parts, () => clearPerson(database, holder.opened().held)),
    wipe: () => forgetPerson(parts, () => clearPersonal(database)),
  };
}

/** @param now decides when the next try to unlock may be made */
export function openVault(
  database: Database,
  core: Core,
  random: RandomBytes,
  now: () => Date,
): Vault {
  const holder = holdKeys(core);
  const parts = { database, core, random, now, holder };
  return {
    ...doors(parts),
    restore: () => restore(parts),
    stays: () => stays(parts),
    people: async () => (await readKeyRecords(database)).people,
    setLabel: async (text) => {
      const { wrapping_key } = holder.opened().held.record;
      const label = await sealLabel(wrapping_key, text, random);
      await note(parts, (present) => ({ ...present, label }));
    },
    setLockAfter: (lock_after_ms) => note(parts, (present) => ({ ...present, lock_after_ms })),
    keys: () => holder.opened().keys,
    withRoot: (use) => use(holder.opened().root),
    record: () => holder.opened().held,
    newName: () => ownedName(holder.opened().held.person, random),
    owns: (name) => {
      const open = holder.ifOpen();
      return open !== null && owns(open.held, name);
    },
    state: holder.state,
    carry: async () => {
      const open = holder.ifOpen();
      if (open === null || open.held.record.lock.method === 'device') return null;
      return { person: open.held.person, root: await carryRoot(open.root, random) };
    },
    resume: (carried) => resume(parts, carried),
  };
}
