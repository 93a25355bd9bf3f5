/** Backups of vaults on the server: fetched, replaced by compare-and-swap, deleted. Nothing here is believed yet. */

import { momentaryCode, parseProblem, request, textOf, unexpectedAnswer } from './requests';
import type { Answer } from './requests';
import { ProblemError } from '../engine/problem';
import type { paths } from './api.gen';

const kVaultPath = '/api/v1/vaults/{id}' satisfies keyof paths;

/** A backup may be tens of megabytes on a slow network. */
const kBackupMs = 15 * 60_000;

type Bytes = Uint8Array<ArrayBuffer>;

export interface KeptBackup {
  readonly sealed: Bytes;
  readonly statement: string;
  /** SHA-256 of the ciphertext as the server names it; to be compared, not believed. */
  readonly held: string;
  readonly expires: string | null;
}

/**
 * - `kept`: it is there, durable, until `expires`.
 * - `changed`: the server holds something else than was said: another phone was faster.
 * - `gone`: nothing is kept under this name, though something should be.
 */
export type ChangeOutcome =
  | { readonly kind: 'kept'; readonly expires: string | null }
  | { readonly kind: 'changed' }
  | { readonly kind: 'gone' };

export interface VaultChange {
  readonly vault: string;
  readonly statement: string;
  /** What the server should hold now; null: nothing yet. */
  readonly held: string | null;
}

export interface VaultServer {
  readonly fetch: typeof fetch;
  readonly server: string;
}

function urlOf({ server }: VaultServer, vault: string): string {
  return `${server}${kVaultPath.replace('{id}', vault)}`;
}

function tagOf(answer: Answer): string {
  return (answer.header('etag') ?? '').replaceAll('"', '');
}

function expiryOf(answer: Answer): string | null {
  const time = Date.parse(answer.header('vault-expires') ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** Problems whose cause is this very request are the server's own code; all others are of the moment. */
function refusal(answer: Answer): ProblemError {
  const problem = parseProblem(textOf(answer));
  const lasting = answer.status < 500 && answer.status !== 429 && problem !== null;
  return lasting ? new ProblemError(problem.code) : unexpectedAnswer(answer);
}

/**
 * What the vault holds; null when nothing is kept.
 *
 * Problems: captive_portal, server_unreachable, server_busy, server_fault, reply_not_understood,
 * cancelled.
 */
export async function fetchVault(
  from: VaultServer,
  vault: string,
  signal: AbortSignal,
): Promise<KeptBackup | null> {
  const answer = await request(from.fetch, urlOf(from, vault), {}, signal, kBackupMs);
  const known = answer.type === 'application/problem+json';
  if (answer.status === 404 && known) return null;
  const statement = answer.header('vault-statement');
  if (answer.status === 200 && statement !== null) {
    return { sealed: answer.bytes, statement, held: tagOf(answer), expires: expiryOf(answer) };
  }
  throw answer.status === 200
    ? unexpectedAnswer(answer)
    : new ProblemError(momentaryCode(answer.status));
}

/**
 * Makes the time for which the vault keeps what it holds begin anew, if that is still `held`.
 *
 * @returns until when it is kept now; null when it holds nothing, or something else
 * Problems: as {@link fetchVault}.
 */
export async function prolongVault(
  from: VaultServer,
  vault: string,
  held: string,
  signal: AbortSignal,
): Promise<{ readonly expires: string | null } | null> {
  const headers = { 'if-none-match': `"${held}"` };
  const answer = await request(from.fetch, urlOf(from, vault), { headers }, signal, kBackupMs);
  if (answer.status === 304 && tagOf(answer) === held) return { expires: expiryOf(answer) };
  const known = answer.type === 'application/problem+json';
  if ((answer.status === 404 && known) || answer.status === 200) return null;
  throw new ProblemError(momentaryCode(answer.status));
}

async function change(
  to: VaultServer,
  method: 'PUT' | 'DELETE',
  { vault, statement, held }: VaultChange,
  body: Bytes | null,
  signal: AbortSignal,
): Promise<Answer> {
  const condition = held === null ? { 'if-none-match': '*' } : { 'if-match': `"${held}"` };
  const headers = {
    ...condition,
    'vault-statement': statement,
    ...(body === null ? {} : { 'content-type': 'application/octet-stream' }),
  };
  return request(to.fetch, urlOf(to, vault), { method, headers, body }, signal, kBackupMs);
}

/**
 * Puts `sealed` in place of what the vault holds.
 *
 * Problems: as {@link fetchVault}; the server's code for a statement it will not take.
 */
export async function putVault(
  to: VaultServer,
  wanted: VaultChange & { readonly sealed: Bytes; readonly sha256: string },
  signal: AbortSignal,
): Promise<ChangeOutcome> {
  const answer = await change(to, 'PUT', wanted, wanted.sealed, signal);
  const { status } = answer;
  // Any machine can say 204; only ours names the digest of what it was given.
  if ((status === 201 || status === 204) && tagOf(answer) === wanted.sha256) {
    return { kind: 'kept', expires: expiryOf(answer) };
  }
  if (answer.type !== 'application/problem+json') throw unexpectedAnswer(answer);
  if (status === 412 || status === 409) return { kind: 'changed' };
  if (status === 404) return { kind: 'gone' };
  throw refusal(answer);
}

/**
 * Deletes what the vault holds; it is no trouble when nothing is there any more.
 *
 * Problems: as {@link putVault}.
 */
export async function deleteVault(
  from: VaultServer,
  wanted: VaultChange,
  signal: AbortSignal,
): Promise<ChangeOutcome> {
  const answer = await change(from, 'DELETE', wanted, null, signal);
  if (answer.status === 204) return { kind: 'kept', expires: null };
  if (answer.type !== 'application/problem+json') throw unexpectedAnswer(answer);
  if (answer.status === 404) return { kind: 'gone' };
  if (answer.status === 412 || answer.status === 409) return { kind: 'changed' };
  throw refusal(answer);
}
