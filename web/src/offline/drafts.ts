/** The draft vault: each save is a new sealed record; the record before it stays until the next one is in. */

import { ProblemError } from '../engine/problem';
import type { Core, Keys } from '../engine/core';
import { recordName } from './names';
import { kDurable } from './database';
import { openJson, sealJson } from './sealed-json';
import type { Database } from './database';
import type { DraftContents, OutboxRecord, SealedRecord } from './records';
import type { Vault } from './vault';

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
   * Seals and writes; resolves once the browser says it is stored. With `outbox` both are written in
   * one transaction: the draft is never both in the outbox and open for changes.
   *
   * Problems: storage_full, storage_unavailable, vault_locked.
   */
  readonly save: (contents: DraftContents, outbox?: NamedOutboxRecord) => Promise<void>;
  readonly remove: (draftId: string) => Promise<void>;
}

export interface NamedOutboxRecord {
  readonly name: string;
  readonly record: OutboxRecord;
}

interface NamedDraft {
  readonly name: string;
  readonly contents: DraftContents;
}

function readAll(database: Database): Promise<readonly (readonly [string, SealedRecord])[]> {
  return database.run(async (connection) => {
    const transaction = connection.transaction('drafts', 'readonly');
    const [names, records] = await Promise.all([
      transaction.store.getAllKeys(),
      transaction.store.getAll(),
    ]);
    return names.flatMap((name, i) => {
      const record = records[i];
      return record === undefined ? [] : [[name, record] as const];
    });
  });
}

/** Opens every record; newest generations first. */
async function openAll(
  database: Database,
  core: Core,
  keys: Keys,
): Promise<{ opened: NamedDraft[]; unreadable: number }> {
  const opened: NamedDraft[] = [];
  let unreadable = 0;
  for (const [name, record] of await readAll(database)) {
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

/** Adds a draft's record, drops its outdated ones, and adds the outbox item, all or nothing. */
function writeGeneration(
  database: Database,
  name: string,
  sealed: SealedRecord,
  outdated: readonly string[],
  outbox: NamedOutboxRecord | undefined,
): Promise<void> {
  const stores = outbox === undefined ? (['drafts'] as const) : (['drafts', 'outbox'] as const);
  return database.run(async (connection) => {
    const transaction = connection.transaction(stores, 'readwrite', kDurable);
    const drafts = transaction.objectStore('drafts');
    const writes: Promise<unknown>[] = [drafts.put(sealed, name)];
    if (outbox !== undefined) {
      writes.push(transaction.objectStore('outbox').put(outbox.record, outbox.name));
    }
    writes.push(...outdated.map((old) => drafts.delete(old)), transaction.done);
    await Promise.all(writes);
  });
}

export function openDrafts(
  database: Database,
  core: Core,
  vault: Vault,
  random: (count: number) => Uint8Array,
): Drafts {
  /** Names of the records each draft has, oldest first; filled by reading and saving. */
  const known = new Map<string, readonly string[]>();

  const load = async (): Promise<StoredDrafts> => {
    const { opened, unreadable } = await openAll(database, core, vault.keys());
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
    save: async (contents, outbox) => {
      const sealed = sealJson(core, vault.keys().age_recipient, contents);
      const name = recordName(random);
      const names = [...(known.get(contents.draft_id) ?? []), name];
      const outdated = names.slice(0, -kKeptGenerations);
      await writeGeneration(database, name, sealed, outdated, outbox);
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
