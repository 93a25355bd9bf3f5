/** The draft vault: each save is a new sealed record; the record before it stays until the next one is in. */

import { ProblemError } from '../engine/problem';
import type { Core, Keys } from '../engine/core';
import { kDurable } from './database';
import { openJson, readOwn, sealJson } from './sealed-json';
import type { Database } from './database';
import type { IDBPObjectStore, StoreNames } from 'idb';
import type { DraftContents, LandfallSchema, OutboxRecord, SealedRecord } from './records';
import { keepRecord, kKeyStores } from './key-records';
import type { HeldRecord } from './key-records';
import type { Vault } from './vault';
import type { ProblemCode } from '../engine/protocol';

/** The newest and the one before: should the newest turn out damaged, there is still a draft. */
const kKeptGenerations = 2;

export interface StoredDrafts {
  /** The newest readable generation of each draft. Reading never writes. */
  readonly drafts: readonly DraftContents[];
  /** Every readable generation, newest first: files that older ones name must stay too. */
  readonly generations: readonly DraftContents[];
  /** How many records did not open; while there are any, nothing may be swept. */
  readonly unreadable: number;
}

export interface Drafts {
  readonly load: () => Promise<StoredDrafts>;
  /** Problems: draft_missing, draft_unreadable. */
  readonly find: (draftId: string) => Promise<DraftContents>;
  /**
   * Seals and writes; resolves once the browser says it is stored. With `step` both are written in
   * one transaction: the draft is never both in the outbox and open for changes.
   *
   * Problems: storage_full, storage_unavailable, vault_locked, vault_missing (wiped, or made anew, by another
   * tab); submission_not_refused.
   */
  readonly save: (contents: DraftContents, step?: OutboxStep) => Promise<void>;
  readonly remove: (draftId: string) => Promise<void>;
}

export interface NamedOutboxRecord {
  readonly name: string;
  readonly record: OutboxRecord;
}

/** What becomes of the outbox item when a draft is sealed, or opened again after a refusal. */
export type OutboxStep =
  | { readonly add: NamedOutboxRecord }
  /** Name of a refused item. */
  | { readonly takeBack: string };

interface NamedDraft {
  readonly name: string;
  readonly contents: DraftContents;
}

/** Opens every record of the open person; newest generations first. */
async function openAll(
  database: Database,
  core: Core,
  keys: Keys,
  owns: (name: string) => boolean,
): Promise<{ opened: NamedDraft[]; unreadable: number }> {
  const opened: NamedDraft[] = [];
  let unreadable = 0;
  for (const [name, record] of await readOwn(database, 'drafts', owns)) {
    try {
      opened.push({ name, contents: openJson(core, keys, record) as DraftContents });
    } catch (cause) {
      if (!(cause instanceof ProblemError)) throw cause;
      unreadable += 1;
    }
  }
  opened.sort((a, b) => b.contents.generation - a.contents.generation);
  return { opened, unreadable };
}

type OutboxStore = IDBPObjectStore<
  LandfallSchema,
  ArrayLike<StoreNames<LandfallSchema>>,
  'outbox',
  'readwrite'
>;

/** Null when the item is not refused any more: another tab sends it again. */
async function stepWrites(
  store: OutboxStore,
  step: OutboxStep,
): Promise<Promise<unknown>[] | null> {
  if ('add' in step) return [store.put(step.add.record, step.add.name)];
  const present = await store.get(step.takeBack);
  return present?.phase === 'refused' ? [store.delete(step.takeBack)] : null;
}

/** Adds a draft's record beside the key that opens it, drops its outdated ones, and changes the outbox, all or nothing. */
function writeGeneration(
  database: Database,
  name: string,
  sealed: SealedRecord,
  outdated: readonly string[],
  step: OutboxStep | undefined,
  held: HeldRecord,
): Promise<void> {
  const stores = ['drafts', 'outbox', ...kKeyStores] as StoreNames<LandfallSchema>[];
  return database.run(async (connection) => {
    const transaction = connection.transaction(stores, 'readwrite', kDurable);
    const refuse = async (code: ProblemCode): Promise<never> => {
      transaction.abort();
      await transaction.done.catch(() => undefined);
      throw new ProblemError(code);
    };
    if (!(await keepRecord(transaction, held))) return refuse('vault_missing');
    const drafts = transaction.objectStore('drafts');
    const stepped =
      step === undefined ? [] : await stepWrites(transaction.objectStore('outbox'), step);
    if (stepped === null) return refuse('submission_not_refused');
    const deletions = outdated.map((old) => drafts.delete(old));
    await Promise.all([drafts.put(sealed, name), ...stepped, ...deletions, transaction.done]);
  });
}

export function openDrafts(database: Database, core: Core, vault: Vault): Drafts {
  /** Names of the records each draft has, oldest first; filled by reading and saving. */
  const known = new Map<string, readonly string[]>();

  const load = async (): Promise<StoredDrafts> => {
    const { opened, unreadable } = await openAll(database, core, vault.keys(), vault.owns);
    known.clear();
    const newest = new Map<string, DraftContents>();
    for (const { name, contents } of opened) {
      if (!newest.has(contents.draft_id)) newest.set(contents.draft_id, contents);
      known.set(contents.draft_id, [name, ...(known.get(contents.draft_id) ?? [])]);
    }
    const generations = opened.map(({ contents }) => contents);
    return { drafts: [...newest.values()], generations, unreadable };
  };

  return {
    load,
    find: async (draftId) => {
      const { drafts, unreadable } = await load();
      const found = drafts.find((draft) => draft.draft_id === draftId);
      if (found !== undefined) return found;
      throw new ProblemError(unreadable > 0 ? 'draft_unreadable' : 'draft_missing');
    },
    save: async (contents, step) => {
      const sealed = sealJson(core, vault.keys().age_recipient, contents);
      const name = vault.newName();
      const names = [...(known.get(contents.draft_id) ?? []), name];
      const outdated = names.slice(0, -kKeptGenerations);
      await writeGeneration(database, name, sealed, outdated, step, vault.record());
      known.set(contents.draft_id, names.slice(-kKeptGenerations));
    },
    remove: async (draftId) => {
      await load();
      const names = known.get(draftId) ?? [];
      await database.run(async (connection) => {
        const transaction = connection.transaction('drafts', 'readwrite', kDurable);
        const deletions = names.map((name) => transaction.store.delete(name));
        await Promise.all([...deletions, transaction.done]);
      });
      known.delete(draftId);
    },
  };
}
