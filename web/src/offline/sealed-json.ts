/** JSON documents sealed to the applicant alone. */

import { ProblemError } from '../engine/problem';
import type { Core, Keys } from '../engine/core';
import type { Database } from './database';
import type { SealedRecord } from './records';

/** Seals `contents` to `recipient`, an age1… string: no secret is needed. */
export function sealJson(core: Core, recipient: string, contents: unknown): SealedRecord {
  return { sealed: core.seal([recipient], new TextEncoder().encode(JSON.stringify(contents))) };
}

/**
 * Opens what {@link sealJson} made.
 *
 * Problems: envelope_unreadable.
 */
export function openJson(core: Core, keys: Keys, record: SealedRecord): unknown {
  const text = new TextDecoder().decode(core.open(keys.identities, record.sealed));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ProblemError('envelope_unreadable');
  }
}

/** The sealed records of the open person; nobody else's are even read. */
export function readOwn(
  database: Database,
  store: 'drafts' | 'receipts' | 'backup' | 'log',
  owns: (name: string) => boolean,
): Promise<readonly (readonly [string, SealedRecord])[]> {
  return database.run(async (connection) => {
    const records = connection.transaction(store, 'readonly').store;
    const own = (await records.getAllKeys()).filter(owns);
    const found = await Promise.all(own.map((name) => records.get(name)));
    return own.flatMap((name, i) => {
      const record = found[i];
      return record === undefined ? [] : [[name, record] as const];
    });
  });
}
