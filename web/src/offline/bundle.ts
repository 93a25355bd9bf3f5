/** An outbox item as one file to carry by hand: the same bytes that would have been sent. */

import { tarEnd, tarHeader, tarPadding } from './tar';
import type { OutboxRecord } from './records';
import type { SealedFiles } from './sealed-files';

/**
 * The tar: `manifest.jws` first, then `parts/<sha256>` in the manifest's order.
 *
 * Problems: file_missing.
 */
export async function writeBundle(files: SealedFiles, item: OutboxRecord): Promise<Blob> {
  const manifest = new TextEncoder().encode(item.manifest);
  const pieces: BlobPart[] = [
    tarHeader('manifest.jws', manifest.length),
    manifest,
    tarPadding(manifest.length),
  ];
  for (const { file } of item.parts) {
    pieces.push(tarHeader(`parts/${file.sha256}`, file.size));
    // A Blob of its own for each chunk lets the browser keep it outside of the script's memory.
    for await (const chunk of files.sealedChunks(file)) pieces.push(new Blob([chunk]));
    pieces.push(tarPadding(file.size));
  }
  pieces.push(tarEnd());
  return new Blob(pieces, { type: 'application/x-tar' });
}
