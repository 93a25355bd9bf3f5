/** The vaults of the server in the tests: compare-and-swap, counters, deletion, as the real one has them. */

import { sha256Hex } from './agency';

export interface StoredVault {
  readonly sealed: Buffer;
  readonly statement: string;
  readonly counter: number;
  readonly kid: string;
}

/** What an id holds; null once its backup was deleted. */
export type Vaults = Map<string, StoredVault | null>;

type Refuse = (status: number, code: string) => Response;

interface Statement {
  readonly vault: string;
  readonly counter: number;
  readonly sha256?: string;
  readonly deleted?: true;
}

function partOf(jws: string, at: number): unknown {
  return JSON.parse(Buffer.from(jws.split('.')[at] ?? '', 'base64url').toString()) as unknown;
}

function headersOf({ sealed, statement }: StoredVault): Record<string, string> {
  return {
    etag: `"${sha256Hex(sealed)}"`,
    'vault-statement': statement,
    'vault-expires': new Date(Date.now() + 365 * 24 * 3_600_000).toUTCString(),
    'content-type': 'application/octet-stream',
  };
}

function heldBy(request: Request): string | null {
  const tag = request.headers.get('if-match');
  return tag === null ? null : tag.replaceAll('"', '');
}

/** Why the change may not be made; null when it may. */
function refusal(
  request: Request,
  said: Statement,
  kid: string,
  id: string,
  present: StoredVault | null,
): readonly [number, string] | null {
  const held = heldBy(request);
  if (said.vault !== id) return [422, 'vault_statement_wrong'];
  if (present === null) return held === null ? null : [404, 'not_found'];
  if (present.kid !== kid) return [403, 'vault_key_wrong'];
  if (held !== sha256Hex(present.sealed)) return [412, 'vault_changed'];
  return said.counter > present.counter ? null : [409, 'vault_counter_used'];
}

async function change(
  vaults: Vaults,
  request: Request,
  id: string,
  refuse: Refuse,
): Promise<Response> {
  const statement = request.headers.get('vault-statement') ?? '';
  const said = partOf(statement, 1) as Statement;
  const { kid } = partOf(statement, 0) as { readonly kid: string };
  const present = vaults.get(id) ?? null;
  if (present?.statement === statement) {
    return new Response(null, { status: 204, headers: headersOf(present) });
  }
  const refused = refusal(request, said, kid, id, present);
  if (refused !== null) return refuse(...refused);
  if (request.method === 'DELETE') {
    vaults.set(id, null);
    return new Response(null, { status: 204 });
  }
  const sealed = Buffer.from(await request.arrayBuffer());
  if (sha256Hex(sealed) !== said.sha256) return refuse(422, 'upload_digest_mismatch');
  const stored = { sealed, statement, counter: said.counter, kid };
  vaults.set(id, stored);
  return new Response(null, { status: present === null ? 201 : 204, headers: headersOf(stored) });
}

/** Answers one request about the vault `id`. */
export async function answerVault(
  vaults: Vaults,
  request: Request,
  id: string,
  refuse: Refuse,
): Promise<Response> {
  if (request.method !== 'GET') return change(vaults, request, id, refuse);
  const present = vaults.get(id) ?? null;
  if (present === null) return refuse(404, 'not_found');
  if (request.headers.get('if-none-match') === headersOf(present)['etag']) {
    return new Response(null, { status: 304, headers: headersOf(present) });
  }
  return new Response(new Uint8Array(present.sealed), { headers: headersOf(present) });
}
