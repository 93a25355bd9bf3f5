/** What the case office says of what was received: asked for, believed only when signed, kept with the receipt. */

import { fetchMessages } from '../api/messages';
import type { Receipt, Told } from '../engine/protocol';
import { mustBeOpenFor, trustHere } from './log-watch';
import type { Watching } from './log-watch';

export type Asking = Pick<
  Watching,
  'around' | 'database' | 'receipts' | 'verdicts' | 'outbox' | 'vault'
>;

type Trust = Awaited<ReturnType<typeof trustHere>>;

/** What a signed message says, when it is genuine and about this submission; null otherwise. */
async function believed(
  of: Asking,
  trust: Trust,
  jws: string,
  sha256: string,
): Promise<Told | null> {
  const { genuine, kind, facts } = await of.verdicts.judge(new TextEncoder().encode(jws), {
    ...trust,
    manifest_sha256: sha256,
  });
  if (!genuine || kind !== 'message') return null;
  const { says, counter, issued } = facts as Record<string, unknown>;
  const isKnown = says === 'opened' || says === 'unreadable';
  if (!isKnown || typeof counter !== 'number' || typeof issued !== 'string') return null;
  return { says, counter, issued, jws };
}

/** The newest message that is not older than what was told before; null when there is nothing new. */
async function newest(
  of: Asking,
  trust: Trust,
  receipt: Receipt,
  messages: readonly string[],
): Promise<Told | null> {
  let found: Told | null = null;
  for (const jws of messages) {
    const told = await believed(of, trust, jws, receipt.manifest_sha256);
    const before: number = found?.counter ?? receipt.told?.counter ?? 0;
    if (told !== null && told.counter > before) found = told;
  }
  return found;
}

/** The sealed copies of what the case office has opened are not needed here any more. */
async function giveUpParts(of: Asking, submissionId: string): Promise<void> {
  const item = await of.outbox.find(submissionId);
  if (item === null) return;
  await of.outbox.update(item.name, (record) =>
    record.phase === 'received' ? { ...record, given_up: true } : record,
  );
}

/**
 * Asks once about every receipt: `idle` when there is none, `told` when a word came. Also of what was
 * opened: the last word counts, whatever it is.
 *
 * Silence, forged messages and older ones that come again change nothing.
 *
 * Problems: those of the network, vault_locked.
 */
export async function askForMessages(
  of: Asking,
  signal: AbortSignal,
): Promise<'idle' | 'silent' | 'told'> {
  const { person } = of.vault.record();
  const receipts = (await of.receipts.list()).filter(({ genuine }) => genuine);
  if (receipts.length === 0) return 'idle';
  const trust = await trustHere(of);
  let any = false;
  for (const receipt of receipts) {
    const messages = await fetchMessages(of.around, receipt, signal);
    if (messages.length === 0) continue;
    const told = await newest(of, trust, receipt, messages);
    if (told === null) continue;
    mustBeOpenFor(of, person);
    if ((await of.receipts.keepTold(receipt.submission_id, told)) === 'known') continue;
    if (told.says === 'opened') await giveUpParts(of, receipt.submission_id);
    any = true;
  }
  return any ? 'told' : 'silent';
}
