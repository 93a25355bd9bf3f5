/** What a person's recovery code and backup are on this phone: one record, sealed to the person. */

import type { Core } from '../engine/core';
import type { ProblemCode } from '../engine/protocol';
import type { Database } from './database';
import { openOwnRecord } from './own-record';
import type { OwnRecord } from './own-record';
import type { Vault } from './vault';

/** Sealed files that lie on the server together, in a vault of their own: put once, never changed. */
export interface Pack {
  readonly vault: string;
  /** Of what was put. */
  readonly sha256: string;
  readonly size: number;
  /** SHA-256 of each age file in it. */
  readonly files: readonly string[];
  /** Digests of the packages in it: a draft opens in the version of its form that it was begun with. */
  readonly forms?: readonly string[];
  readonly expires: string | null;
}

/** A vault whose backup is to be deleted. */
export interface LeavingVault {
  readonly vault: string;
  readonly counter: number;
  readonly held: string;
}

/** A pack is put once, so that its deletion is the second change. */
export function leavingPack({ vault, sha256 }: Pack): LeavingVault {
  return { vault, counter: 2, held: sha256 };
}

export interface RecoveryContents {
  /** 15 bytes, base64url: what the recovery code writes. */
  readonly secret: string;
  readonly made_at: string;
  /** The highest counter that was signed or seen. */
  readonly counter: number;
  /** SHA-256 of what the server holds, as far as this phone knows. */
  readonly held: string | null;
  readonly kept_at: string | null;
  readonly expires: string | null;
  /** Digest of what was backed up last: as long as it is the same there is nothing to do. */
  readonly shape: string | null;
  /** Digest of each draft as both this phone and the server had it last. */
  readonly bases: Readonly<Record<string, string>>;
  readonly packs: readonly Pack[];
  readonly leaving: readonly LeavingVault[];
  /** Why the last try failed; null when it did not. */
  readonly reason: ProblemCode | null;
}

/** Null while there is no recovery code. */
export type RecoveryStore = OwnRecord<RecoveryContents>;

export function freshRecovery(secret: string, made_at: string): RecoveryContents {
  return {
    ...{ secret, made_at, counter: 0, held: null, kept_at: null, expires: null, shape: null },
    ...{ bases: {}, packs: [], leaving: [], reason: null },
  };
}

export function openRecoveryStore(database: Database, core: Core, vault: Vault): RecoveryStore {
  return openOwnRecord<RecoveryContents>('backup', database, core, vault);
}
