/** The outbox as it lies in the database, and as the page may see it. */

import type { OutboxState, OutboxSummary } from '../engine/protocol';
import type { SendProgress } from '../engine/surroundings';
import { kDurable } from './database';
import type { Database } from './database';
import type { NamedOutboxRecord } from './drafts';
import type { OutboxRecord } from './records';

export interface OutboxStore {
  /** Every item, oldest first. */
  readonly load: () => Promise<readonly NamedOutboxRecord[]>;
  readonly find: (submissionId: string) => Promise<NamedOutboxRecord | null>;
  /**
   * Changes the item as it lies there now, in one transaction; another tab may have changed it too.
   * Null when it is gone.
   */
  readonly update: (
    name: string,
    change: (record: OutboxRecord) => OutboxRecord,
  ) => Promise<OutboxRecord | null>;
}

export function openOutbox(database: Database): OutboxStore {
  const load = (): Promise<readonly NamedOutboxRecord[]> =>
    database.run(async (connection) => {
      const transaction = connection.transaction('outbox', 'readonly');
      const [names, records] = await Promise.all([
        transaction.store.getAllKeys(),
        transaction.store.getAll(),
      ]);
      return names
        .flatMap((name, i) => {
          const record = records[i];
          return record === undefined ? [] : [{ name, record }];
        })
        .sort((a, b) => (a.record.submission_id < b.record.submission_id ? -1 : 1));
    });

  return {
    load,
    find: async (submissionId) =>
      (await load()).find(({ record }) => record.submission_id === submissionId) ?? null,
    update: (name, change) =>
      database.run(async (connection) => {
        const transaction = connection.transaction('outbox', 'readwrite', kDurable);
        const present = await transaction.store.get(name);
        const next = present === undefined ? null : change(present);
        if (next !== null) await transaction.store.put(next, name);
        await transaction.done;
        return next;
      }),
  };
}

export interface ReceivedFacts {
  readonly case_number: string;
  readonly received_at: string;
}

function stateOf(
  record: OutboxRecord,
  progress: SendProgress | undefined,
  received: ReceivedFacts | undefined,
): OutboxState {
  if (record.phase === 'received') {
    return { kind: 'received', case_number: '', received_at: '', ...received };
  }
  if (progress !== undefined) return { kind: 'sending', ...progress };
  if (record.phase === 'refused') return { kind: 'refused', reason: record.reason ?? 'internal' };
  if (record.reason === null) return { kind: 'sealed' };
  const next_try_at = record.next_try_at === 0 ? null : new Date(record.next_try_at).toISOString();
  return { kind: 'waiting', reason: record.reason, next_try_at };
}

/** One item for the page; case number and time come from the sealed receipt. */
export function summarise(
  record: OutboxRecord,
  progress: SendProgress | undefined,
  received: ReceivedFacts | undefined,
): OutboxSummary {
  return {
    submission_id: record.submission_id,
    form_id: record.form_id,
    digest: record.digest,
    sealed_at: record.sealed_at,
    sealed_bytes: record.parts.reduce((sum, { file }) => sum + file.size, 0),
    state: stateOf(record, progress, received),
  };
}
