/** Offers again what stood in a part of the log that a restore lost: the same manifest, the same sealed parts. */

import type { Receipt } from '../engine/protocol';
import type { Database } from './database';
import type { OutboxStore } from './outbox-store';
import type { OutboxRecord } from './records';
import type { Vault } from './vault';

export interface Reoffering {
  readonly database: Database;
  readonly outbox: OutboxStore;
  readonly vault: Vault;
}

/** `again`: it lies in the outbox anew. `underway`: it did already. `gone`: nothing here could be sent. */
export type Offer = 'again' | 'underway' | 'gone';

async function arePartsHere(database: Database, { parts }: OutboxRecord): Promise<boolean> {
  const chunks = parts.flatMap(({ file }) => file.chunks);
  if (parts.length === 0 || parts.some(({ file }) => file.chunks.length === 0)) return false;
  return database.run(async (connection) => {
    const { store } = connection.transaction('files', 'readonly');
    const names = await Promise.all(chunks.map((name) => store.getKey(name)));
    return names.every((name) => name !== undefined);
  });
}

/**
 * The item as it is to be sent once more. Its receipt stays where it lies, and the next takes none's
 * place. The manifest goes first: the server names the parts that it has no longer.
 */
function offeredAgain(record: OutboxRecord): OutboxRecord {
  const parts = record.parts.map((part) => ({ ...part, upload_url: null }));
  const untried = { reason: null, attempts: 0, next_try_at: 0 };
  const unreceived = { phase: 'waiting', receipt: null, receipt_short: false } as const;
  // Whoever opened them no longer has them: they are kept until somebody says so again.
  return { ...record, ...untried, ...unreceived, parts, reoffered: true, given_up: false };
}

/** Without its parts it can only be made anew, from the draft, as one that was refused. */
function withoutParts(record: OutboxRecord): OutboxRecord {
  return { ...record, phase: 'refused', reason: 'file_missing', receipt: null, reoffered: true };
}

/** Puts one received item of the open person, whose entry was lost, on its way again. Problems: vault_locked. */
export async function offerAgain(of: Reoffering, submissionId: string): Promise<Offer> {
  const { age_recipient } = of.vault.keys();
  const item = await of.outbox.find(submissionId);
  if (item?.record.age_recipient !== age_recipient) return 'gone';
  const { record } = item;
  if (record.phase !== 'received') return record.reason === 'file_missing' ? 'gone' : 'underway';
  const isHere = await arePartsHere(of.database, record);
  await of.outbox.update(item.name, (present) => {
    // A receipt that came meanwhile is of the log of today.
    if (present.phase !== 'received' || present.receipt !== record.receipt) return present;
    return isHere ? offeredAgain(present) : withoutParts(present);
  });
  return isHere ? 'again' : 'gone';
}

/**
 * Ends the way of items that were offered again here, and got their receipt on another phone. Answers
 * whether there were any.
 */
export async function settle(of: Reoffering, held: readonly string[]): Promise<boolean> {
  const { age_recipient } = of.vault.keys();
  const items = (await of.outbox.load()).filter(
    ({ record }) =>
      record.age_recipient === age_recipient &&
      record.reoffered === true &&
      record.phase !== 'received' &&
      held.includes(record.submission_id),
  );
  for (const { name } of items) {
    await of.outbox.update(name, (record) => ({ ...record, phase: 'received', reason: null }));
  }
  return items.length > 0;
}

/** Adds to each receipt what becomes of its application; `gone` names those that cannot be sent again. */
export async function withReoffers(
  outbox: OutboxStore,
  receipts: readonly Receipt[],
  gone: readonly string[],
): Promise<readonly Receipt[]> {
  const items = new Map(
    (await outbox.load()).map(({ record }) => [record.submission_id, record] as const),
  );
  return receipts.map((receipt) => {
    if (gone.includes(receipt.submission_id)) return { ...receipt, reoffer: 'gone' };
    const item = items.get(receipt.submission_id);
    const isUnderway = item?.reoffered === true && item.phase !== 'received';
    if (isUnderway) return { ...receipt, reoffer: 'sending' };
    return receipt.earlier === undefined ? receipt : { ...receipt, reoffer: 'done' };
  });
}
