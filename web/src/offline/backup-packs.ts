/** Attached files and forms in a backup: sealed once more, in packs that are put once, so that a photo is sent once. */

import { fetchVault, putVault } from '../api/vaults';
import type { VaultServer } from '../api/vaults';
import { ProblemError } from '../engine/problem';
import type { Core, Identities, Stream } from '../engine/core';
import type { Pack } from './backup-records';
import { readPieces } from './sealed-files';
import type { SealedFile } from './records';
import type { SealedFiles } from './sealed-files';
import { readEntry, readTar, tarEnd, tarHeader, tarPadding } from './tar';
import type { TarEntry } from './tar';
import type { Packages } from './packages';

type Bytes = Uint8Array<ArrayBuffer>;

/** What one request carries at most, of a server that takes 64 MiB; a larger file goes alone. */
const kPackBytes = 16 * 1024 * 1024;
const kMostBytes = 60 * 1024 * 1024;
const kMostFormBytes = 8 * 1024 * 1024;

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

/** One file of a pack's archive. */
interface PackEntry {
  readonly name: string;
  readonly size: number;
  readonly body: () => AsyncIterable<Uint8Array>;
}

async function* whole(bytes: Bytes): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

function bytesEntry(name: string, bytes: Bytes): PackEntry {
  return { name, size: bytes.length, body: () => whole(bytes) };
}

async function* archiveOf(entries: readonly PackEntry[]): AsyncGenerator<Uint8Array> {
  for (const { name, size, body } of entries) {
    yield tarHeader(name, size);
    yield* body();
    yield tarPadding(size);
  }
  yield tarEnd();
}

async function sealedPack(packing: Packing, entries: readonly PackEntry[]): Promise<Bytes> {
  const sealer = packing.core.openSealer([packing.recipient]);
  const pieces: BlobPart[] = [];
  try {
    for await (const piece of archiveOf(entries)) {
      pieces.push(new Blob([sealer.push(piece) as Bytes]));
    }
    pieces.push(new Blob([sealer.finish() as Bytes]));
  } finally {
    sealer.free();
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

async function putEntries(
  packing: Packing,
  entries: readonly PackEntry[],
  signal: AbortSignal,
): Promise<Omit<Pack, 'files'>> {
  const sealed = await sealedPack(packing, entries);
  const sha256 = packing.core.sha256(sealed);
  const vault = packing.newVault();
  const statement = await packing.sign(vault, 1, { sha256, size: sealed.length });
  const wanted = { vault, statement, held: null, sealed, sha256 };
  const outcome = await putVault(packing.from, wanted, signal);
  // The name was drawn a moment ago: nothing can lie there.
  if (outcome.kind !== 'kept') throw new ProblemError('reply_not_understood');
  return { vault, sha256, size: sealed.length, expires: outcome.expires };
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
  const entries = group.map((file) => ({
    name: `files/${file.sha256}`,
    size: file.size,
    body: () => packing.files.sealedChunks(file),
  }));
  const pack = await putEntries(packing, entries, signal);
  return { ...pack, files: group.map((file) => file.sha256) };
}

/** Puts a pack of forms, with the texts that lie here. Problems: package_missing, those of the network. */
export async function putForms(
  packing: Packing,
  packages: Packages,
  digests: readonly string[],
  signal: AbortSignal,
): Promise<Pack> {
  const entries: PackEntry[] = [];
  for (const digest of digests) {
    const { bytes, signature } = await packages.load(digest, signal);
    entries.push(bytesEntry(`signatures/${digest}`, new TextEncoder().encode(signature)));
    entries.push(bytesEntry(`forms/${digest}`, bytes));
    for (const [sha256, texts] of await packages.storedTexts(digest)) {
      entries.push(bytesEntry(`texts/${sha256}`, texts));
    }
  }
  return { ...(await putEntries(packing, entries, signal)), files: [], forms: digests };
}

async function* opened(sealed: Bytes, opener: Stream): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of readPieces(new Blob([sealed]))) yield opener.push(piece);
    yield opener.finish();
  } finally {
    opener.free();
  }
}

export interface Fetching extends Pick<Packing, 'core' | 'files' | 'from'> {
  readonly identities: Identities;
}

/** Problems: backup_missing, backup_not_genuine, those of the network, and of whatever `take` does. */
async function readPack(
  { core, from, identities }: Fetching,
  pack: Pack,
  take: (kind: string, name: string, entry: TarEntry) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const kept = await fetchVault(from, pack.vault, signal);
  if (kept === null) throw new ProblemError('backup_missing');
  // The backup that names this digest is signed; the pack's own statement need not be looked at.
  if (core.sha256(kept.sealed) !== pack.sha256) throw new ProblemError('backup_not_genuine');
  for await (const entry of readTar(opened(kept.sealed, core.openOpener(identities)))) {
    const [kind = '', name = ''] = entry.name.split('/');
    await take(kind, name, entry);
  }
}

/**
 * Brings those of the `wanted` files that lie in `pack` onto this phone.
 *
 * Problems: backup_missing (nothing is kept there any more), backup_not_genuine (not the bytes that the
 * backup names), file_damaged, storage_full, those of the network.
 */
export async function fetchPack(
  with_: Fetching,
  pack: Pack,
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, SealedFile>> {
  const found = new Map<string, SealedFile>();
  const take = async (kind: string, sha256: string, entry: TarEntry): Promise<void> => {
    if (kind !== 'files' || !wanted.has(sha256)) return;
    const file = await with_.files.store(entry.body);
    found.set(sha256, file);
    if (file.sha256 !== sha256) throw new ProblemError('file_damaged');
  };
  try {
    await readPack(with_, pack, take, signal);
  } catch (cause) {
    const chunks = [...found.values()].flatMap((file) => file.chunks);
    await with_.files.remove(chunks).catch(() => undefined);
    throw cause;
  }
  return found;
}

/** Keeps the forms that lie in `pack`, each only if the agency signed it. Problems: as fetchPack. */
export async function fetchForms(
  with_: Fetching,
  packages: Packages,
  pack: Pack,
  signal: AbortSignal,
): Promise<void> {
  const texts: Bytes[] = [];
  const forms = new Map<string, { bytes?: Bytes; signature?: string }>();
  const take = async (kind: string, name: string, entry: TarEntry): Promise<void> => {
    if (kind !== 'texts' && kind !== 'forms' && kind !== 'signatures') return;
    const bytes = await readEntry(entry, kMostFormBytes);
    const known = forms.get(name) ?? {};
    if (kind === 'texts') texts.push(bytes);
    else if (kind === 'forms') forms.set(name, { ...known, bytes });
    else forms.set(name, { ...known, signature: new TextDecoder().decode(bytes) });
  };
  await readPack(with_, pack, take, signal);
  for (const { bytes, signature } of forms.values()) {
    if (bytes === undefined || signature === undefined) continue;
    await packages.adopt({ bytes, signature }, texts);
  }
}
