/** Calls about the recovery code and the copy on the server. */

import { ProblemError } from '../problem';
import type { RecoverySheet } from '../protocol';
import type { Handlers } from './handlers';
import { backingUp, endSessions, forgetPerson, outboxChanged } from './parts';
import type { Parts } from './parts';
import { vaultChanged } from './api-vault';
import { deleteLeaving, recoveryKeys } from '../../offline/backup';
import { freshRecovery, leavingPack } from '../../offline/backup-records';
import type { LeavingVault, RecoveryContents } from '../../offline/backup-records';
import { formatInstant } from '../../offline/clock';
import { base64Url, bytesOfBase64Url } from '../../offline/names';
import { restoreBackup } from '../../offline/restore';
import { kRecoverySecretBytes } from '../vault-arithmetic';

async function sheetOf(parts: Parts, record: RecoveryContents): Promise<RecoverySheet> {
  const code = await parts.arithmetic.writeRecoveryCode(bytesOfBase64Url(record.secret));
  return { code, made_at: record.made_at };
}

async function recordOf(parts: Parts): Promise<RecoveryContents> {
  const record = await parts.recovery.load();
  if (record === null) throw new ProblemError('recovery_missing');
  return record;
}

function newRecord(parts: Parts): RecoveryContents {
  const secret = base64Url(parts.around.randomBytes(kRecoverySecretBytes));
  return freshRecovery(secret, formatInstant(parts.around.now()));
}

/** Everything of `record` that lies on the server, to be deleted there. */
async function leavingOf(parts: Parts, record: RecoveryContents): Promise<readonly LeavingVault[]> {
  const { vault_id } = await recoveryKeys(backingUp(parts), record);
  const { held, counter } = record;
  const main = held === null ? [] : [{ vault: vault_id, counter: counter + 1, held }];
  return [...record.leaving, ...main, ...record.packs.map(leavingPack)];
}

/** What another phone put there comes along; what is gone there needs no more than to be forgotten. */
async function upToDate(parts: Parts): Promise<RecoveryContents> {
  try {
    await parts.backup.now();
  } catch (cause) {
    if (!(cause instanceof ProblemError) || cause.code !== 'backup_missing') throw cause;
    const record = await recordOf(parts);
    await parts.recovery.save({ ...record, held: null });
  }
  await parts.backup.pause();
  return recordOf(parts);
}

export const backupHandlers: Handlers<
  | 'backup'
  | 'makeRecovery'
  | 'recoverySheet'
  | 'replaceRecovery'
  | 'backUpNow'
  | 'deleteBackup'
  | 'restore'
> = {
  backup: (parts) => parts.backup.state(),
  makeRecovery: async (parts) => {
    parts.vault.keys();
    const present = await parts.recovery.load();
    const record = present ?? newRecord(parts);
    if (present === null) await parts.recovery.save(record);
    parts.backup.touch();
    return sheetOf(parts, record);
  },
  recoverySheet: async (parts) => sheetOf(parts, await recordOf(parts)),
  replaceRecovery: async (parts) => {
    const former = await upToDate(parts);
    const leaving = await leavingOf(parts, former);
    const next = { ...newRecord(parts), bases: former.bases, leaving };
    await parts.recovery.save(next);
    try {
      await parts.backup.now();
    } catch (cause) {
      // Nothing lies under the new code yet: the former one goes on.
      const present = await recordOf(parts);
      if (present.secret === next.secret && present.held === null)
        await parts.recovery.save(former);
      throw cause;
    }
    return sheetOf(parts, next);
  },
  backUpNow: async (parts) => {
    await parts.backup.now();
    return parts.backup.state();
  },
  deleteBackup: async (parts, _request, { signal }) => {
    const record = await upToDate(parts);
    const leaving = await leavingOf(parts, record);
    const left = await deleteLeaving(backingUp(parts), { ...record, leaving }, signal);
    // Another phone put something there meanwhile: it has to be seen before it is deleted.
    if (left.leaving.length > 0) throw new ProblemError('server_busy');
    await parts.recovery.remove();
    return parts.backup.state();
  },
  restore: async (parts, { code }, { signal }) => {
    const beforeKeys = async (): Promise<void> => {
      await endSessions(parts, 'must');
      forgetPerson(parts);
    };
    try {
      return await restoreBackup(backingUp(parts), code, beforeKeys, signal);
    } finally {
      // Also when only a part of it came: the keys are here, and the same code brings the rest.
      await vaultChanged(parts);
      outboxChanged(parts);
      parts.runner.wake();
    }
  },
};
