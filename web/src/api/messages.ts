/** Asks for what the case office told the applicant of a submission. Nothing here is believed yet. */

import { ProblemError } from '../engine/problem';
import { kMessagesPath, request, textOf, unexpectedAnswer } from './requests';

/** Nobody waits behind it. */
const kMessagesMs = 15_000;
/** A message has a kilobyte or two, and there are 64 at most. */
const kMaxBytes = 64 * 4096 + 1024;

interface Asking {
  readonly fetch: typeof fetch;
  readonly server: string;
}

/** The signed messages, oldest first; none for a submission the server does not know. Problems: those of the network. */
export async function fetchMessages(
  from: Asking,
  of: { readonly submission_id: string; readonly manifest_sha256: string },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const path = kMessagesPath.replace('{id}', of.submission_id);
  const url = `${from.server}${path}?digest=${of.manifest_sha256}`;
  const answer = await request(from.fetch, url, {}, signal, kMessagesMs);
  if (answer.status === 404 && answer.type === 'application/problem+json') return [];
  if (answer.status !== 200 || answer.type !== 'application/json') throw unexpectedAnswer(answer);
  if (answer.bytes.length > kMaxBytes) throw new ProblemError('reply_not_understood');
  let body: unknown;
  try {
    body = JSON.parse(textOf(answer));
  } catch {
    throw new ProblemError('reply_not_understood');
  }
  const messages: unknown =
    typeof body === 'object' && body !== null && 'messages' in body ? body.messages : null;
  const areTexts = (list: unknown): list is readonly string[] =>
    Array.isArray(list) && list.every((one) => typeof one === 'string');
  if (!areTexts(messages)) throw new ProblemError('reply_not_understood');
  return messages;
}
