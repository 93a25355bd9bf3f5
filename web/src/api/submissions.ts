/** Hands a signed manifest to the server and says what came back. */

import {
  kSubmissionsPath,
  mediaType,
  momentaryCode,
  parseProblem,
  readText,
  request,
} from './requests';

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

/**
 * Answers to the manifest itself. Others are about the moment: a request that a bad network cut short
 * is no reason to give an application up.
 */
const kFinal = /^(manifest|submission|part|form|fee|audience|recipient|jws|json)_/;

function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? 'none');
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3600) * 1000 : null;
}

async function problemAnswer(response: Response, signal: AbortSignal): Promise<SubmissionAnswer> {
  const problem = parseProblem(await readText(response, signal));
  const afterMs = retryAfterMs(response);
  if (problem === null) return { kind: 'later', code: 'reply_not_understood', afterMs };
  if (problem.code === 'parts_missing') {
    return { kind: 'missing', parts: problem.missing, count: problem.missingCount };
  }
  if (response.status < 500 && kFinal.test(problem.code)) {
    return { kind: 'refused', code: problem.code };
  }
  return { kind: 'later', code: momentaryCode(response.status), afterMs };
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
  const response = await request(
    fetcher,
    `${server}${kSubmissionsPath}`,
    { method: 'POST', headers: { 'content-type': 'application/jose' }, body: manifest },
    signal,
  );
  const type = mediaType(response);
  if ((response.status === 200 || response.status === 201) && type === 'application/jose') {
    return { kind: 'receipt', jws: (await readText(response, signal)).trim() };
  }
  if (type === 'application/problem+json') return problemAnswer(response, signal);
  if (type === 'text/html') return { kind: 'later', code: 'captive_portal', afterMs: null };
  return { kind: 'later', code: momentaryCode(response.status), afterMs: retryAfterMs(response) };
}
