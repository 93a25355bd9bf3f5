/** Attached files in a backup: sealed once more, in packs that are put once, so that a photo is sent once. */

import { fetchVault, putVault } from '../api/vaults';
import type { VaultServer } from '../api/vaults';
import { ProblemError } from '../engine/problem';
import type { Core, Identities, Stream } from '../engine/core';
import type { Pack } from './backup-records';
import { readPieces } from './sealed-files';
import type { SealedFile } from './records';
import type { SealedFiles } from './sealed-files';
import { readTar, tarEnd, tarHeader, tarPadding } from './tar';

type Bytes = Uint8Array<ArrayBuffer>;

/** What one request carries at most, of a server that takes 64 MiB; a larger file goes alone. */
const kPackBytes = 16 * 1024 * 1024;
const kMostBytes = 60 * 1024 * 1024;

export interface Packing {
  readonly core: Core;
  readonly files: SealedFiles;
  readonly from: VaultServer;
  /** Signs the statement of one change; null deletes. */
  readonly sign: (
    vault: string,
    counter: number,
    content: { readonly sha256: string; readonly size: number } | null,
  ) => Promise<string>;
  readonly newVault: () => string;
  readonly recipient: string;
}

/** Files in groups that fit into one pack each; what fits into none is left out. */
export function grouped(files: readonly SealedFile[]): readonly (readonly SealedFile[])[] {
  const groups: SealedFile[][] = [];
  let room = 0;
  for (const file of files) {
    if (file.size > kMostBytes) continue;
    const group = groups.at(-1);
    if (group === undefined || file.size > room) {
      groups.push([file]);
      room = kPackBytes - file.size;
    } else {
      group.push(file);
      room -= file.size;
    }
  }
  return groups;
}

/** How many files are too large for any backup. */
export function leftOut(files: readonly SealedFile[]): number {
  return files.filter(({ size }) => size > kMostBytes).length;
}

async function* contentsOf(
  files: SealedFiles,
  group: readonly SealedFile[],
): AsyncGenerator<Uint8Array> {
  for (const file of group) {
    yield tarHeader(`files/${file.sha256}`, file.size);
    yield* files.sealedChunks(file);
    yield tarPadding(file.size);
  }
  yield tarEnd();
}

async function sealedPack(packing: Packing, group: readonly SealedFile[]): Promise<Bytes> {
  const sealer = packing.core.openSealer([packing.recipient]);
  const pieces: BlobPart[] = [];
  try {
    for await (const piece of contentsOf(packing.files, group)) {
      pieces.push(new Blob([sealer.push(piece) as Bytes]));
    }
    pieces.push(new Blob([sealer.finish() as Bytes]));
  } finally {
    sealer.free();
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/**
 * Puts a pack of `group` on the server.
 *
 * Problems: file_missing, those of the network.
 */
export async function putPack(
  packing: Packing,
  group: readonly SealedFile[],
  signal: AbortSignal,
): Promise<Pack> {
  const sealed = await sealedPack(packing, group);
  const sha256 = packing.core.sha256(sealed);
  const vault = packing.newVault();
  const statement = await packing.sign(vault, 1, { sha256, size: sealed.length });
  const wanted = { vault, statement, held: null, sealed, sha256 };
  const outcome = await putVault(packing.from, wanted, signal);
  // The name was drawn a moment ago: nothing can lie there.
  if (outcome.kind !== 'kept') throw new ProblemError('reply_not_understood');
  const files = group.map((file) => file.sha256);
  return { vault, sha256, size: sealed.length, files, expires: outcome.expires };
}

async function* opened(sealed: Bytes, opener: Stream): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of readPieces(new Blob([sealed]))) yield opener.push(piece);
    yield opener.finish();
  } finally {
    opener.free();
  }
}

/**
 * Brings those of the `wanted` files that lie in `pack` onto this phone.
 *
 * Problems: backup_missing (nothing is kept there any more), backup_not_genuine (not the bytes that the
 * backup names), file_damaged, storage_full, those of the network.
 */
export async function fetchPack(
  with_: Pick<Packing, 'core' | 'files' | 'from'> & { readonly identities: Identities },
  pack: Pack,
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, SealedFile>> {
  const { core, files, from, identities } = with_;
  const kept = await fetchVault(from, pack.vault, signal);
  if (kept === null) throw new ProblemError('backup_missing');
  // The backup that names this digest is signed; the pack's own statement need not be looked at.
  if (core.sha256(kept.sealed) !== pack.sha256) throw new ProblemError('backup_not_genuine');
  const found = new Map<string, SealedFile>();
  try {
    for await (const entry of readTar(opened(kept.sealed, core.openOpener(identities)))) {
      const sha256 = entry.name.slice('files/'.length);
      if (!wanted.has(sha256)) continue;
      const file = await files.store(entry.body);
      found.set(sha256, file);
      if (file.sha256 !== sha256) throw new ProblemError('file_damaged');
    }
  } catch (cause) {
    const chunks = [...found.values()].flatMap((file) => file.chunks);
    await files.remove(chunks).catch(() => undefined);
    throw cause;
  }
  return found;
}
