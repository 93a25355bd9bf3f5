/** Calls about what anybody brings to be checked, and about the receipt log. */

import { ProblemError } from '../problem';
import { refreshIndex } from './api-vault';
import type { Handlers } from './handlers';
import type { Parts } from './parts';
import type { ComparedWithLog, Judged } from '../protocol';
import type { JudgingTrust, PlacedReceipt } from '../trust-verdicts';

/** More than any file of ours has, and less than a phone's memory. */
const kMaxJudgedBytes = 128 * 1024 * 1024;
/** Documents of text are smaller: a receipt, a checkpoint. */
const kMaxDocumentBytes = 1024 * 1024;
/** How long a first visit's index is waited for. */
const kIndexMs = 5_000;

function unjudged(code: string): Judged {
  return { genuine: false, kind: 'document', code, facts: {}, steps: [] };
}

async function bytesOf(content: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await content.arrayBuffer());
  } catch {
    // On a stick that was pulled out, or in a cloud.
    throw new ProblemError('file_unreadable');
  }
}

/** Text of an editor that writes two bytes for each character, with its mark or without. */
function isWideText(bytes: Uint8Array): boolean {
  const [first = 0, second = 0, third = 1, fourth = 1] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return (
    (first === 0 && second > 0x20 && third === 0) || (second === 0 && fourth === 0 && first > 0x20)
  );
}

const kNoteMark = '\n\u2014 ';

/**
 * A checkpoint as it was before a mail or a clipboard changed its line ends: what it says is signed, so
 * nothing can be slipped in. Everything else stays as it is.
 */
function mended(bytes: Uint8Array): Uint8Array {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const plain = marked ? bytes.subarray(3) : bytes;
  if (plain.length > kMaxDocumentBytes) return plain;
  const text = new TextDecoder().decode(plain).replaceAll('\r\n', '\n');
  if (!text.includes(kNoteMark) || text.includes('\0')) return plain;
  return new TextEncoder().encode(`${text.trim()}\n`);
}

async function trustOf(parts: Parts): Promise<JudgingTrust & { readonly index?: string }> {
  const { trustHere } = await import('../../offline/log-watch');
  return trustHere(parts);
}

/** A first visit is about to have the index; nobody waits long for it. */
async function awaitIndex(parts: Parts): Promise<void> {
  const fetched = refreshIndex(parts).catch(() => undefined);
  await Promise.race([fetched, new Promise((resolve) => setTimeout(resolve, kIndexMs))]);
}

async function judge(parts: Parts, content: Blob): Promise<Judged> {
  if (content.size === 0) return unjudged('document_empty');
  if (content.size > kMaxJudgedBytes) return unjudged('too_large');
  const bytes = await bytesOf(content);
  if (isWideText(bytes)) return unjudged('text_not_utf8');
  const document = mended(bytes);
  const found = await parts.verdicts.judge(document, await trustOf(parts));
  if (found.needs_index !== true) return found;
  await awaitIndex(parts);
  return parts.verdicts.judge(document, await trustOf(parts));
}

async function textOf(content: Blob): Promise<string> {
  if (content.size > kMaxDocumentBytes) throw new ProblemError('too_large');
  const text = new TextDecoder().decode(mended(await bytesOf(content)));
  return text.includes(kNoteMark) ? text : text.trim();
}

/** Where the log has the receipt, when one of the two is one; proofs are fetched where they are needed. */
async function placeOf(
  parts: Parts,
  trust: JudgingTrust,
  receipt: string,
  checkpoint: string,
  signal: AbortSignal,
): Promise<PlacedReceipt['place']> {
  const { fetchInclusion } = await import('../../api/log');
  const found = await parts.verdicts.place(receipt, checkpoint, trust);
  if (found.place !== 'unproven') return found.place;
  const proof = await fetchInclusion(parts.around, found.index, found.checkpoint.size, signal);
  return (await parts.verdicts.place(receipt, checkpoint, { ...trust, proof })).place;
}

/** What the network could not bring, as an answer; anything else passes through. */
function unlessOffline(cause: unknown): string {
  const offline = /^(server_|captive_portal|reply_not_understood|form_not_here)/;
  if (cause instanceof ProblemError && offline.test(cause.code)) return cause.code;
  throw cause;
}

async function compareLogs(
  parts: Parts,
  first: string,
  second: string,
  signal: AbortSignal,
): Promise<ComparedWithLog> {
  const { relate } = await import('../../offline/log-watch');
  const trust = await trustOf(parts);
  const bare = await parts.verdicts.compare(first, second, trust);
  const [receipt, other] = first.includes('\n') ? [second, first] : [first, second];
  const places = !receipt.includes('\n') && other.includes('\n');
  try {
    const compared = await relate(parts, trust, first, second, signal);
    const place = places ? await placeOf(parts, trust, receipt, other, signal) : undefined;
    return { ...compared, ...(place === undefined ? {} : { place }) };
  } catch (cause) {
    return { ...bare, relation: 'unproven', reason: unlessOffline(cause) };
  }
}

export const trustHandlers: Handlers<'judge' | 'compareLogs' | 'logAlarms'> = {
  judge: (parts, { content }) => judge(parts, content),
  compareLogs: async (parts, { first, second }, { signal }) => {
    const { fetchCheckpoint } = await import('../../api/log');
    const theirs =
      second === null ? await fetchCheckpoint(parts.around, signal) : await textOf(second);
    return compareLogs(parts, await textOf(first), theirs, signal);
  },
  logAlarms: (parts) => parts.log.alarms(),
};
