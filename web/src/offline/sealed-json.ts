/** JSON documents sealed to the applicant alone. */

import { ProblemError } from '../engine/problem';
import type { Core, Keys } from '../engine/core';
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
