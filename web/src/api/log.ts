/** Asks the receipt log for its head and for proofs. Nothing here is believed yet. */

import { ProblemError } from '../engine/problem';
import {
  kCheckpointPath,
  kConsistencyPath,
  kLinksPath,
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
/** 256 links of 16 KiB. */
const kMaxLinksBytes = 5 * 1024 * 1024;

interface Asking {
  readonly fetch: typeof fetch;
  readonly server: string;
}

async function ask(
  from: Asking,
  path: string,
  type: string,
  signal: AbortSignal,
  maxBytes = kMaxBytes,
): Promise<Answer> {
  const answer = await request(from.fetch, `${from.server}${path}`, {}, signal, kLogMs);
  if (answer.status !== 200 || answer.type !== type || answer.bytes.length > maxBytes) {
    throw unexpectedAnswer(answer);
  }
  return answer;
}

/** The texts under `name` in a JSON object, each of that shape. */
function listIn(answer: Answer, name: string, shape: RegExp): readonly string[] {
  let body: unknown;
  try {
    body = JSON.parse(textOf(answer));
  } catch {
    throw new ProblemError('reply_not_understood');
  }
  const found: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  const isList = (list: unknown): list is readonly string[] =>
    Array.isArray(list) && list.every((item) => typeof item === 'string' && shape.test(item));
  if (!isList(found)) throw new ProblemError('reply_not_understood');
  return found;
}

async function proof(from: Asking, path: string, signal: AbortSignal): Promise<readonly string[]> {
  return listIn(await ask(from, path, 'application/json', signal), 'proof', /^[0-9a-f]{64}$/);
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

/** Under which names the log went on after a restore: signed links. Problems: those of the network. */
export async function fetchLinks(from: Asking, signal: AbortSignal): Promise<readonly string[]> {
  const answer = await ask(from, kLinksPath, 'application/json', signal, kMaxLinksBytes);
  return listIn(answer, 'links', /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}$/);
}
