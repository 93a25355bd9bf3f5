/** Hands a signed manifest to the server and says what came back. */

import {
  isFinal,
  kReceiptPath,
  kSubmissionsPath,
  momentaryCode,
  parseProblem,
  request,
  textOf,
  unexpectedAnswer,
} from './requests';
import type { Answer } from './requests';

/**
 * - `receipt`: something that claims to be a receipt; it is one only if its signature verifies.
 * - `missing`: the server lacks these parts.
 * - `refused`: the server understood and will not take it, now or later.
 * - `later`: anything else; trying again may help.
 */
export type SubmissionAnswer =
  | { readonly kind: 'receipt'; readonly jws: string }
  | { readonly kind: 'missing'; readonly parts: readonly string[]; readonly count: number }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'later'; readonly code: string; readonly afterMs: number | null };

function retryAfterMs(answer: Answer): number | null {
  const seconds = Number(answer.header('retry-after') ?? 'none');
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3600) * 1000 : null;
}

function later(code: string, answer: Answer): SubmissionAnswer {
  return { kind: 'later', code, afterMs: retryAfterMs(answer) };
}

function problemAnswer(answer: Answer): SubmissionAnswer {
  const problem = parseProblem(textOf(answer));
  if (problem === null) return later('reply_not_understood', answer);
  if (problem.code === 'parts_missing') {
    return { kind: 'missing', parts: problem.missing, count: problem.missingCount };
  }
  if (isFinal(answer.status, problem.code)) {
    return { kind: 'refused', code: problem.code };
  }
  return later(momentaryCode(answer.status), answer);
}

/**
 * Posts a manifest. The same manifest may be posted any number of times: the server answers with the
 * same receipt.
 *
 * Problems: captive_portal, server_unreachable, cancelled.
 */
export async function postSubmission(
  fetcher: typeof fetch,
  server: string,
  manifest: string,
  signal: AbortSignal,
): Promise<SubmissionAnswer> {
  const answer = await request(
    fetcher,
    `${server}${kSubmissionsPath}`,
    { method: 'POST', headers: { 'content-type': 'application/jose' }, body: manifest },
    signal,
  );
  const { status, type } = answer;
  if ((status === 200 || status === 201) && type === 'application/jose') {
    return { kind: 'receipt', jws: textOf(answer).trim() };
  }
  if (type === 'application/problem+json') return problemAnswer(answer);
  return later(type === 'text/html' ? 'captive_portal' : momentaryCode(status), answer);
}

/**
 * Fetches what claims to be the receipt of a submission, for whoever knows its manifest.
 *
 * Problems: captive_portal, server_unreachable, cancelled, form_not_here (the server knows of none),
 * server_busy, server_fault.
 */
export async function fetchReceipt(
  fetcher: typeof fetch,
  server: string,
  asked: { readonly submission_id: string; readonly manifest_sha256: string },
  signal: AbortSignal,
): Promise<string> {
  const path = kReceiptPath.replace('{id}', asked.submission_id);
  const url = `${server}${path}?digest=${asked.manifest_sha256}`;
  const answer = await request(fetcher, url, {}, signal);
  if (answer.status === 200 && answer.type === 'application/jose') return textOf(answer).trim();
  throw unexpectedAnswer(answer);
}
