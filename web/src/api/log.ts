/** Asks the receipt log for its head and for proofs. Nothing here is believed yet. */

import { ProblemError } from '../engine/problem';
import {
  kCheckpointPath,
  kConsistencyPath,
  kProofPath,
  request,
  textOf,
  unexpectedAnswer,
} from './requests';
import type { Answer } from './requests';

/** Somebody waits, or nobody does: neither is worth a minute. */
const kLogMs = 15_000;
/** A head and a proof have a few hundred bytes. */
const kMaxBytes = 65_536;

interface Asking {
  readonly fetch: typeof fetch;
  readonly server: string;
}

async function ask(from: Asking, path: string, type: string, signal: AbortSignal): Promise<Answer> {
  const answer = await request(from.fetch, `${from.server}${path}`, {}, signal, kLogMs);
  if (answer.status !== 200 || answer.type !== type || answer.bytes.length > kMaxBytes) {
    throw unexpectedAnswer(answer);
  }
  return answer;
}

async function proof(from: Asking, path: string, signal: AbortSignal): Promise<readonly string[]> {
  const text = textOf(await ask(from, path, 'application/json', signal));
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new ProblemError('reply_not_understood');
  }
  const hashes: unknown =
    typeof body === 'object' && body !== null && 'proof' in body ? body.proof : null;
  const isProof = (list: unknown): list is readonly string[] =>
    Array.isArray(list) && list.every((hash) => /^[0-9a-f]{64}$/.test(String(hash)));
  if (!isProof(hashes)) throw new ProblemError('reply_not_understood');
  return hashes;
}

/** What claims to be the newest checkpoint, a signed note. Problems: those of the network. */
export async function fetchCheckpoint(from: Asking, signal: AbortSignal): Promise<string> {
  return textOf(await ask(from, kCheckpointPath, 'text/plain', signal));
}

/** Hashes that are to prove that the larger tree continues the smaller. Problems: those of the network. */
export function fetchConsistency(
  from: Asking,
  smaller: number,
  larger: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const path = `${kConsistencyPath}?from=${String(smaller)}&to=${String(larger)}`;
  return proof(from, path, signal);
}

/** Hashes that are to prove an entry in a tree of `size`. Problems: those of the network. */
export function fetchInclusion(
  from: Asking,
  index: number,
  size: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const path = `${kProofPath.replace('{index}', String(index))}?size=${String(size)}`;
  return proof(from, path, signal);
}
