/** The module of the vault: password hashes, recovery codes, the statements that go with backups. */

import { callForBytes, callForJson, callForText, mapResult } from './calls';
import type { CoreResult } from './calls';
import type { CoreSource } from './host';
import { loadModule } from './module';
import type { CoreModule } from './module';

/** Argon2id's: bounds are in shared/vault/password_hash.h, 19 to 256 MiB and 2 to 16 passes. */
export interface PasswordCost {
  readonly memory_kib: number;
  readonly passes: number;
}

export const kPasswordSaltBytes = 16;
export const kRecoverySecretBytes = 15;

/** Where the backups of a recovery code lie, and the age identity and recipient that wrap them. */
export interface RecoveryKeys {
  readonly vault_id: string;
  readonly identity: string;
  readonly recipient: string;
}

/** What a statement says of a backup; without `sha256` and `size` it asks for its deletion. */
export interface BackupFacts {
  /** The origin of the log that the server keeps. */
  readonly aud: string;
  readonly vault: string;
  readonly counter: number;
  readonly sha256?: string;
  readonly size?: number;
}

/** What a restored backup must be; `counter` is the highest this phone has seen, or 1. */
export type ExpectedBackup = Required<BackupFacts>;

/** An instance of landfall-vault.wasm. Its memory holds what it was given: drop it after use. */
export interface VaultModule {
  /**
   * The 32-byte Argon2id hash of `password`. One hash an instance: what memory it took stays with it.
   *
   * Errors: password_cost_refused, out_of_memory. @throws WasmTrap
   */
  readonly hashPassword: (
    password: Uint8Array,
    salt: Uint8Array,
    cost: PasswordCost,
  ) => CoreResult<Uint8Array>;
  /** 26 symbols in groups, from kRecoverySecretBytes random bytes. */
  readonly writeRecoveryCode: (secret: Uint8Array) => CoreResult<string>;
  /**
   * The secret of a code as typed.
   *
   * Errors: recovery_code_symbol (offset = byte), recovery_code_length (offset = symbols),
   * recovery_code_wrong (offset = the group that is likely wrong, 0 where it cannot be told)
   */
  readonly readRecoveryCode: (typed: string) => CoreResult<Uint8Array>;
  readonly recoveryKeys: (secret: Uint8Array) => CoreResult<RecoveryKeys>;
  /** A `landfall-backup` statement, signed with the key of `root`. Errors: json_shape. */
  readonly signBackup: (root: Uint8Array, facts: BackupFacts) => CoreResult<string>;
  /**
   * The counter of a statement that is by the key of `root` and says what is expected.
   *
   * Errors: backup_not_genuine, backup_deleted, backup_rolled_back.
   */
  readonly checkBackup: (
    root: Uint8Array,
    statement: string,
    expected: ExpectedBackup,
  ) => CoreResult<number>;
}

function vaultOver(module: CoreModule): VaultModule {
  return {
    hashPassword: (password, salt, { memory_kib, passes }) =>
      callForBytes(module, 'lf_password_hash', password, salt, memory_kib, passes),
    writeRecoveryCode: (secret) => callForText(module, 'lf_recovery_write', secret),
    readRecoveryCode: (typed) => callForBytes(module, 'lf_recovery_read', typed),
    recoveryKeys: (secret) => callForJson<RecoveryKeys>(module, 'lf_recovery_keys', secret),
    signBackup: (root, facts) => callForText(module, 'lf_backup_sign', root, JSON.stringify(facts)),
    checkBackup: (root, statement, expected) =>
      mapResult(
        callForJson<{ readonly counter: number }>(
          module,
          'lf_backup_check',
          root,
          statement,
          JSON.stringify(expected),
        ),
        ({ counter }) => counter,
      ),
  };
}

/**
 * Makes one instance of the module of the vault.
 *
 * @throws WasmTrap, and what loadModule() of the core throws
 */
export async function loadVault(source: CoreSource, signal?: AbortSignal): Promise<VaultModule> {
  return vaultOver(await loadModule(source, signal));
}

/**
 * The Argon2id hash of `password`, in an instance of `compiled` that is gone when it returns: the
 * memory that held the password goes with it.
 *
 * Errors: password_cost_refused, out_of_memory. @throws WasmTrap
 */
export async function hashPassword(
  compiled: WebAssembly.Module,
  password: Uint8Array,
  salt: Uint8Array,
  cost: PasswordCost,
): Promise<CoreResult<Uint8Array>> {
  return (await loadVault(compiled)).hashPassword(password, salt, cost);
}
