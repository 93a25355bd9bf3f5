/** Removes the open person's sealed chunks that no draft and no outbox item names any more. */

import { kFilesLock } from './locks';
import type { Drafts } from './drafts';
import type { OutboxStore } from './outbox-store';
import type { SealedFiles } from './sealed-files';

/**
 * Sweeps once, unless somebody is just attaching a file. Nothing is removed while any draft cannot
 * be read: it might name the chunk.
 *
 * Problems: vault_locked, storage_unavailable.
 */
export async function sweepFiles(
  locks: LockManager,
  drafts: Drafts,
  outbox: OutboxStore,
  files: SealedFiles,
  owns: (name: string) => boolean,
): Promise<void> {
  await locks.request(kFilesLock, { mode: 'exclusive', ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    const { generations, unreadable } = await drafts.load();
    if (unreadable > 0) return;
    const used = new Set<string>();
    for (const { attachments } of generations) {
      for (const { sealed } of attachments) sealed.chunks.forEach((name) => used.add(name));
    }
    for (const { record } of await outbox.load()) {
      if (record.given_up === true && record.phase === 'received') continue;
      for (const { file } of record.parts) file.chunks.forEach((name) => used.add(name));
    }
    await files.remove((await files.names()).filter((name) => owns(name) && !used.has(name)));
  });
}
