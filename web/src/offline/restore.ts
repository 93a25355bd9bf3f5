/** Restoring from a recovery code: the backup is opened, believed only if its own root signed it, then taken in. */

import { fetchVault } from '../api/vaults';
import { ProblemError } from '../engine/problem';
import type { Restored } from '../engine/protocol';
import { basesOf, openKept } from './backup';
import type { BackingUp } from './backup';
import { applyDocument } from './backup-apply';
import { filesOf } from './backup-document';
import { freshRecovery } from './backup-records';
import type { RecoveryContents } from './backup-records';
import { formatInstant } from './clock';
import { base64Url } from './names';

/** A root and a record of this person that were here before keep what they know. */
async function recordFor(of: BackingUp, secret: string): Promise<RecoveryContents> {
  const known = await of.recovery.load();
  if (known?.secret === secret) return known;
  return freshRecovery(secret, formatInstant(of.around.now()));
}

/**
 * Opens the vault behind `code` in this browser, with every draft, item and receipt of the backup. What
 * lies here already stays; nothing is stored before the backup is believed.
 *
 * Problems: those of reading a code; backup_missing, backup_not_genuine, backup_deleted,
 * backup_rolled_back, index_missing, storage_full, those of the network.
 */
export async function restoreBackup(
  of: BackingUp,
  code: string,
  beforeKeys: () => Promise<void>,
  signal: AbortSignal,
): Promise<Restored> {
  const secret = await of.arithmetic.readRecoveryCode(code);
  const keys = await of.arithmetic.recoveryKeys(secret);
  if (of.packages.index() === null) await of.packages.refreshIndex(signal);
  const kept = await fetchVault(of.around, keys.vault_id, signal);
  if (kept === null) throw new ProblemError('backup_missing');
  const { document, root, counter } = await openKept(of, keys, kept, 1);
  await beforeKeys();
  await of.vault.adopt(root);
  const record = await recordFor(of, base64Url(secret));
  if (counter < record.counter) throw new ProblemError('backup_rolled_back');
  const brought = await applyDocument(of, document, record.bases, [keys.identity], signal);
  await of.recovery.save({
    ...record,
    counter,
    held: of.core.sha256(kept.sealed),
    kept_at: null,
    expires: kept.expires,
    bases: basesOf(of, document),
    packs: document.packs,
    shape: null,
    reason: null,
  });
  return { ...brought, files: filesOf(document).size - brought.lost_files };
}
