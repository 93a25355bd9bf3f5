/** Calls about what anybody brings to be checked, and about the receipt log. */

import { ProblemError } from '../problem';
import { refreshIndex } from './api-vault';
import type { Handlers } from './handlers';
import type { Parts } from './parts';
import type { ComparedWithLog, Judged } from '../protocol';
import type { JudgingTrust } from '../trust-verdicts';

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

/** With the links of the log, where it went on under another name; without any where they prove nothing. */
async function withLinks(
  parts: Parts,
  trust: JudgingTrust,
  signal: AbortSignal,
): Promise<JudgingTrust> {
  try {
    const { fetchLinks } = await import('../../api/log');
    const asked = { ...trust, links: await fetchLinks(parts.around, signal), entries: [] };
    const { links, contradiction } = await parts.verdicts.links(asked);
    return contradiction === undefined ? ({ ...trust, links } as JudgingTrust) : trust;
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    return trust;
  }
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
  const { placeOf, relate } = await import('../../offline/log-watch');
  const plain = await trustOf(parts);
  const bare = await parts.verdicts.compare(first, second, plain);
  const trust = bare.relation === 'other_log' ? await withLinks(parts, plain, signal) : plain;
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
