/** The module of the vault as the worker uses it: loaded when it is needed, "could not" a ProblemError. */

import { hashPassword, loadVault } from '@landfall/bindings/vault';
import type {
  BackupFacts,
  ExpectedBackup,
  PasswordCost,
  RecoveryKeys,
  VaultModule,
} from '@landfall/bindings/vault';
import type { CoreResult } from '@landfall/bindings/index';
import { ProblemError } from './problem';

export type { BackupFacts, ExpectedBackup, PasswordCost, RecoveryKeys };
export { kPasswordSaltBytes, kRecoverySecretBytes } from '@landfall/bindings/vault';

/** Every call: problems as listed, and engine_missing where the module is not on the phone. */
export interface VaultArithmetic {
  /**
   * The 32-byte Argon2id hash, made in an instance that is gone afterwards.
   *
   * Problems: password_cost_refused, out_of_memory.
   */
  readonly hashPassword: (
    password: Uint8Array,
    salt: Uint8Array,
    cost: PasswordCost,
  ) => Promise<Uint8Array>;
  readonly writeRecoveryCode: (secret: Uint8Array) => Promise<string>;
  /**
   * Problems, offset as in wasm/bindings/vault.ts: recovery_code_symbol, recovery_code_length,
   * recovery_code_wrong.
   */
  readonly readRecoveryCode: (typed: string) => Promise<Uint8Array>;
  readonly recoveryKeys: (secret: Uint8Array) => Promise<RecoveryKeys>;
  readonly signBackup: (root: Uint8Array, facts: BackupFacts) => Promise<string>;
  /** The counter. Problems: backup_not_genuine, backup_deleted, backup_rolled_back. */
  readonly checkBackup: (
    root: Uint8Array,
    statement: string,
    expected: ExpectedBackup,
  ) => Promise<number>;
}

function valueOf<T>(result: CoreResult<T>): T {
  if (!result.ok) throw new ProblemError(result.error.code, result.error.offset);
  return result.value;
}

/** @param compile the module, asked for at the first call, and again after it could not be had */
export function vaultArithmetic(compile: () => Promise<WebAssembly.Module>): VaultArithmetic {
  let compiling: Promise<WebAssembly.Module> | null = null;
  const compiled = async (): Promise<WebAssembly.Module> => {
    compiling ??= compile();
    try {
      return await compiling;
    } catch {
      compiling = null;
      throw new ProblemError('engine_missing');
    }
  };
  // An instance each: none keeps what another call was given.
  const fresh = async (): Promise<VaultModule> => loadVault(await compiled());
  return {
    hashPassword: async (password, salt, cost) =>
      valueOf(await hashPassword(await compiled(), password, salt, cost)),
    writeRecoveryCode: async (secret) => valueOf((await fresh()).writeRecoveryCode(secret)),
    readRecoveryCode: async (typed) => valueOf((await fresh()).readRecoveryCode(typed)),
    recoveryKeys: async (secret) => valueOf((await fresh()).recoveryKeys(secret)),
    signBackup: async (root, facts) => valueOf((await fresh()).signBackup(root, facts)),
    checkBackup: async (root, statement, expected) =>
      valueOf((await fresh()).checkBackup(root, statement, expected)),
  };
}
