/** One try to send one item: its parts, then its manifest, then the check of what came back. */

import { ProblemError } from '../engine/problem';
import type * as Parts from '../api/parts';
import { fetchReceipt, postSubmission } from '../api/submissions';
import type { ProblemCode } from '../engine/protocol';
import type { SendProgress, Surroundings } from '../engine/surroundings';
import { ownedName, ownerOf } from './names';
import { kDurable } from './database';
import type { Database } from './database';
import type { NamedOutboxRecord } from './drafts';
import type { OutboxPart, OutboxRecord } from './records';
import type { OutboxStore } from './outbox-store';
import type { AcceptedReceipt, Receipts } from './receipts';
import type { SealedFiles } from './sealed-files';

export type SendOutcome =
  | { readonly kind: 'received' }
  | { readonly kind: 'waiting'; readonly reason: ProblemCode; readonly afterMs: number | null }
  | { readonly kind: 'refused'; readonly reason: ProblemCode };

export interface Sending {
  readonly around: Surroundings;
  readonly database: Database;
  readonly store: OutboxStore;
  readonly files: SealedFiles;
  readonly receipts: Receipts;
  readonly progress: (submissionId: string, progress: SendProgress) => void;
}

/** Parts the server asked for again, at most so often in one try: a server that forgets for ever is broken. */
const kMaxRounds = 3;

function withPart(record: OutboxRecord, sha256: string, change: Partial<OutboxPart>): OutboxRecord {
  const parts = record.parts.map((part) =>
    part.file.sha256 === sha256 ? { ...part, ...change } : part,
  );
  return { ...record, parts };
}

function waiting(reason: ProblemCode, afterMs: number | null = null): SendOutcome {
  return { kind: 'waiting', reason, afterMs };
}

/** The tus client is half of this worker's size and needed only when there is something to send. */
async function uploader(): Promise<typeof Parts> {
  try {
    return await import('../api/parts');
  } catch {
    // Not on the phone yet, and no network to fetch it.
    throw new ProblemError('server_unreachable');
  }
}

/** Uploads one part; null when the server has it. */
async function sendPart(
  sending: Sending,
  { name, record }: NamedOutboxRecord,
  position: number,
  part: OutboxPart,
  signal: AbortSignal,
): Promise<SendOutcome | null> {
  const { around, files, store, progress } = sending;
  const sizes = record.parts.map(({ file }) => file.size);
  const total_bytes = sizes.reduce((sum, size) => sum + size, 0);
  const before = sizes.slice(0, position).reduce((sum, size) => sum + size, 0);
  const tell = (sent: number): void =>
    progress(record.submission_id, {
      sent_bytes: before + sent,
      total_bytes,
      part: position + 1,
      parts: record.parts.length,
    });
  const { sha256, size } = part.file;
  tell(0);
  // Each write waits for the one before: the last thing said about a part is what stays.
  let noted = Promise.resolve<unknown>(null);
  const note = (change: Partial<OutboxPart>): void => {
    noted = noted.then(() => store.update(name, (now) => withPart(now, sha256, change)));
  };
  const { uploadPart } = await uploader();
  const outcome = await uploadPart(
    around.fetch,
    around.server,
    {
      size,
      sha256,
      kid: record.kid,
      uploadUrl: part.upload_url,
      read: (start, end) => files.slice(part.file, start, end),
      placed: (upload_url) => note({ upload_url }),
      progressed: tell,
    },
    signal,
  );
  if (outcome.kind === 'done') note({ uploaded: true });
  if (outcome.kind === 'anew') note({ upload_url: null });
  await noted;
  if (outcome.kind === 'done') return null;
  if (outcome.kind === 'refused') return { kind: 'refused', reason: outcome.code };
  return waiting(outcome.code);
}

async function sendParts(
  sending: Sending,
  item: NamedOutboxRecord,
  signal: AbortSignal,
): Promise<SendOutcome | null> {
  for (const [position, part] of item.record.parts.entries()) {
    if (part.uploaded) continue;
    const outcome = await sendPart(sending, item, position, part, signal);
    if (outcome !== null) return outcome;
  }
  return null;
}

/** Whether a receipt is still wanted: none is there yet, or only the short one. */
function wantsReceipt({ phase, receipt_short }: OutboxRecord): boolean {
  return phase !== 'received' || receipt_short === true;
}

/** Whether the network is asked for the item's receipt by itself. */
export function isAsked(record: OutboxRecord): boolean {
  return record.phase !== 'refused' && wantsReceipt(record);
}

/** A receipt that is not genuine by what this phone knows may be by what the agency published since. */
async function accepted(
  receipts: Receipts,
  record: OutboxRecord,
  jws: string,
): Promise<AcceptedReceipt> {
  try {
    return receipts.accept(record, jws);
  } catch (cause) {
    if (!(cause instanceof ProblemError) || cause.code !== 'receipt_not_genuine') throw cause;
    await receipts.renew();
    return receipts.accept(record, jws);
  }
}

/**
 * Stores the receipt and marks the item received in one transaction; a whole one takes the place of
 * the short one.
 *
 * Problems: receipt_not_genuine.
 */
export async function keepReceipt(
  sending: Pick<Sending, 'around' | 'database' | 'receipts'>,
  { name, record }: NamedOutboxRecord,
  jws: string,
): Promise<SendOutcome> {
  const { sealed, short } = await accepted(sending.receipts, record, jws);
  // The vault may be locked: the item's own name tells whose receipt it is.
  const fresh = ownedName(ownerOf(name), sending.around.randomBytes);
  await sending.database.run(async (connection) => {
    const transaction = connection.transaction(['outbox', 'receipts'], 'readwrite', kDurable);
    const outbox = transaction.objectStore('outbox');
    const present = await outbox.get(name);
    if (present !== undefined && wantsReceipt(present)) {
      const receipt = present.receipt ?? fresh;
      const received = { ...present, phase: 'received', reason: null, receipt } as const;
      await Promise.all([
        transaction.objectStore('receipts').put(sealed, receipt),
        outbox.put({ ...received, receipt_short: short }, name),
      ]);
    }
    await transaction.done;
  });
  return { kind: 'received' };
}

async function forgetParts(
  sending: Sending,
  item: NamedOutboxRecord,
  missing: readonly string[],
  count: number,
): Promise<OutboxRecord | null> {
  // The server names the first few: of the others only it knows, by their upload, what it has.
  const others = count > missing.length ? { uploaded: false } : {};
  return sending.store.update(item.name, (record) => ({
    ...record,
    parts: record.parts.map((part) =>
      missing.includes(part.file.sha256)
        ? { ...part, upload_url: null, uploaded: false }
        : { ...part, ...others },
    ),
  }));
}

async function tryOnce(
  sending: Sending,
  start: NamedOutboxRecord,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const { around } = sending;
  if (start.record.phase === 'received') {
    const { submission_id, manifest_sha256 } = start.record;
    const asked = { submission_id, manifest_sha256 };
    return keepReceipt(
      sending,
      start,
      await fetchReceipt(around.fetch, around.server, asked, signal),
    );
  }
  let item = start;
  for (let round = 0; round < kMaxRounds; round += 1) {
    const stopped = await sendParts(sending, item, signal);
    if (stopped !== null) return stopped;
    const { manifest } = item.record;
    const answer = await postSubmission(around.fetch, around.server, manifest, signal);
    if (answer.kind === 'receipt') return keepReceipt(sending, item, answer.jws);
    if (answer.kind === 'refused') return { kind: 'refused', reason: answer.code };
    if (answer.kind === 'later') return waiting(answer.code, answer.afterMs);
    const record = await forgetParts(sending, item, answer.parts, answer.count);
    if (record === null) return waiting('cancelled');
    item = { name: item.name, record };
  }
  return waiting('parts_missing');
}

/**
 * Tries to send `item` once, or to fetch the whole receipt of one that has the short one. Whatever the
 * network answers, the item stays; only a receipt that is genuine and names this very manifest ends its
 * way.
 *
 * Problems: cancelled; storage_unavailable. A stopped core module passes through.
 */
export async function sendItem(
  sending: Sending,
  item: NamedOutboxRecord,
  signal: AbortSignal,
): Promise<SendOutcome> {
  try {
    return await tryOnce(sending, item, signal);
  } catch (cause) {
    if (!(cause instanceof ProblemError) || cause.code === 'cancelled') throw cause;
    return waiting(cause.code);
  }
}
