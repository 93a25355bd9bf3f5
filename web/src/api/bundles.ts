/** Hands a file that was carried by hand to the server, with all its parts in one request. */

import { ProblemError } from '../engine/problem';
import type { Upload } from '../engine/surroundings';
import {
  isFinal,
  kBundlesPath,
  momentaryCode,
  parseProblem,
  request,
  textOf,
  unexpectedAnswer,
} from './requests';
import type { Answer } from './requests';

/** The largest file at 25 KB a second; silence ends a request long before. */
const kBundleMs = 6 * 3_600_000;

/** Codes about the file itself, beside those about its manifest. */
const kAboutFile: ReadonlySet<string> = new Set([
  'bundle_malformed',
  'tar_malformed',
  'too_large',
  'parts_missing',
]);

function refusal(answer: Answer): ProblemError {
  const problem = parseProblem(textOf(answer));
  if (problem === null) return new ProblemError('reply_not_understood');
  const { code } = problem;
  const last = isFinal(answer.status, code) || kAboutFile.has(code);
  return new ProblemError(last ? code : momentaryCode(answer.status));
}

/**
 * Posts a bundle; what claims to be its receipt comes back, and is one only if its signature verifies.
 * The same file may be posted any number of times.
 *
 * Problems: captive_portal, server_unreachable, server_busy, server_fault, reply_not_understood,
 * cancelled, and the server's own codes about the file.
 */
export async function postBundle(
  upload: Upload,
  server: string,
  bundle: Blob,
  told: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const url = `${server}${kBundlesPath}`;
  const post: typeof fetch = (_, init) =>
    upload(url, bundle, 'application/x-tar', told, init?.signal ?? signal);
  const answer = await request(post, url, {}, signal, kBundleMs);
  const { status, type } = answer;
  if ((status === 200 || status === 201) && type === 'application/jose')
    return textOf(answer).trim();
  if (type === 'application/problem+json') throw refusal(answer);
  throw type === 'text/html'
    ? unexpectedAnswer(answer)
    : new ProblemError(momentaryCode(answer.status));
}
