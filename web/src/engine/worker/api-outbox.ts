/** Calls about what was sealed: submit, the outbox, receipts. */

import { ProblemError } from '../problem';
import { listOutbox, outboxChanged, sweep, wakeAll } from './parts';
import type { Parts } from './parts';
import type { Handlers } from './handlers';
import { openSession, summaryOf } from './api-drafts';
import type { OutboxSummary, Receipt } from '../protocol';
import { writeBundle } from '../../offline/bundle';
import { formatInstant } from '../../offline/clock';
import type { NamedOutboxRecord } from '../../offline/drafts';
import { handIn } from '../../offline/hand-in';
import { whileAttaching } from '../../offline/locks';
import { sealSubmission } from '../../offline/outbox-seal';
import { keepReceipt } from '../../offline/outbox-send';
import { summarise } from '../../offline/outbox-store';
import { withReoffers } from '../../offline/reoffer';

/** A receipt has a few kilobytes; what is chosen by hand may be anything. */
const kMaxReceiptBytes = 65_536;

async function itemOf(parts: Parts, submissionId: string): Promise<NamedOutboxRecord> {
  const { age_recipient } = parts.vault.keys();
  const item = await parts.outbox.find(submissionId);
  // Another person's is as unknown as one that does not exist.
  if (item?.record.age_recipient !== age_recipient) throw new ProblemError('submission_unknown');
  return item;
}

/** The item a draft already became: submitting twice is submitting once. */
async function alreadySealed(parts: Parts, draftId: string): Promise<OutboxSummary | null> {
  const { submission_id } = await parts.drafts.find(draftId);
  if (submission_id === null) return null;
  const items = await listOutbox(parts);
  return items.find((item) => item.submission_id === submission_id) ?? null;
}

/** Marks those that the case office cannot read and that were opened as a draft again. */
async function withReplacements(
  parts: Parts,
  receipts: readonly Receipt[],
): Promise<readonly Receipt[]> {
  if (!receipts.some(({ told }) => told?.says === 'unreadable')) return receipts;
  const { drafts } = await parts.drafts.load();
  const replaced = new Set(drafts.map(({ supersedes }) => supersedes));
  return receipts.map((receipt) =>
    replaced.has(receipt.manifest_sha256) ? { ...receipt, replaced: true } : receipt,
  );
}

/** Whether the case office asked for the submission to be sealed again. */
async function isUnreadable(parts: Parts, submissionId: string): Promise<boolean> {
  const receipts = await parts.receipts.list();
  const receipt = receipts.find(({ submission_id }) => submission_id === submissionId);
  return receipt?.told?.says === 'unreadable';
}

async function seal(parts: Parts, draftId: string, signal: AbortSignal): Promise<OutboxSummary> {
  const session = await openSession(parts, draftId, signal);
  await session.flush();
  const { core, packages, files, around } = parts;
  const { keys, newName } = parts.vault;
  const sealing = { core, packages, files, around, keys: keys(), newName };
  const { outbox, attachments } = await sealSubmission(sealing, session);
  const { submission_id } = outbox.record;
  const saved_at = formatInstant(around.now());
  await parts.drafts.save(
    { ...session.snapshot(), saved_at, attachments, submission_id },
    { add: outbox },
  );
  session.end();
  parts.sessions.delete(draftId);
  wakeAll(parts);
  return summarise(outbox.record, undefined, undefined);
}

export const outboxHandlers: Handlers<
  | 'submit'
  | 'listOutbox'
  | 'retryNow'
  | 'reopen'
  | 'exportBundle'
  | 'handIn'
  | 'takeReceipt'
  | 'listReceipts'
> = {
  submit: (parts, { draft_id }, { signal }) =>
    whileAttaching(parts.around.locks, async () => {
      await parts.sessions.get(draft_id)?.flush();
      return (await alreadySealed(parts, draft_id)) ?? seal(parts, draft_id, signal);
    }),
  listOutbox: (parts) => listOutbox(parts),
  retryNow: async (parts, { submission_id }) => {
    const { name } = await itemOf(parts, submission_id);
    await parts.outbox.update(name, (record) =>
      record.phase === 'received' ? record : { ...record, phase: 'waiting', next_try_at: 0 },
    );
    wakeAll(parts);
    return null;
  },
  reopen: async (parts, { submission_id }) => {
    const { name, record } = await itemOf(parts, submission_id);
    const refused = record.phase === 'refused';
    if (!refused && !(await isUnreadable(parts, submission_id))) {
      throw new ProblemError('submission_not_refused');
    }
    const { drafts } = await parts.drafts.load();
    const draft = drafts.find((candidate) => candidate.submission_id === submission_id);
    if (draft === undefined) throw new ProblemError('draft_missing');
    const reopened = { ...draft, generation: draft.generation + 1, submission_id: null };
    // What was refused never was a submission; what was received stays, with its receipt.
    await (refused
      ? parts.drafts.save(reopened, { takeBack: name })
      : parts.drafts.save({ ...reopened, supersedes: record.manifest_sha256 }));
    outboxChanged(parts);
    sweep(parts);
    return summaryOf(reopened);
  },
  exportBundle: async (parts, { submission_id }) => {
    const { record } = await itemOf(parts, submission_id);
    return writeBundle(parts.files, record);
  },
  handIn: (parts, { bundle }, { signal }) => {
    const told = (sent_bytes: number): void =>
      parts.emit({ event: 'handing-in', sent_bytes, total_bytes: bundle.size });
    return handIn(parts, bundle, told, signal);
  },
  takeReceipt: async (parts, { submission_id, receipt }) => {
    const item = await itemOf(parts, submission_id);
    if (receipt.size > kMaxReceiptBytes) throw new ProblemError('receipt_not_genuine');
    await keepReceipt(parts, item, (await receipt.text()).trim());
    wakeAll(parts);
    parts.log.touch();
    return null;
  },
  listReceipts: async (parts) => {
    // Whoever looks at a receipt wants to know.
    parts.messages.look();
    const receipts = await withReplacements(parts, await parts.receipts.list());
    return withReoffers(parts.outbox, receipts, await parts.log.gone());
  },
};
