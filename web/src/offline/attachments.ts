/** Attached files: padded, sealed piece by piece to the case office and the applicant, opened for a look. */

import { ProblemError } from '../engine/problem';
import type { Core, Hash, Keys } from '../engine/core';
import type { DraftAttachment, SealedFile } from './records';
import { zeros } from './sealed-files';
import type { SealedFiles } from './sealed-files';

export interface SealedAttachmentFile {
  readonly sealed: SealedFile;
  /** Of the plaintext without padding. */
  readonly sha256: string;
}

async function* padded(
  pieces: AsyncIterable<Uint8Array>,
  size: number,
  paddedSize: number,
  hash: Hash,
): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const piece of pieces) {
    seen += piece.length;
    hash.push(piece);
    yield piece;
  }
  if (seen !== size) throw new ProblemError('file_unreadable');
  yield* zeros(paddedSize - size);
}

/**
 * Seals `size` bytes of plaintext, padded to the Padmé length with zeros.
 *
 * Problems: file_unreadable, storage_full, the core's codes.
 */
export async function sealAttachment(
  core: Core,
  files: SealedFiles,
  pieces: AsyncIterable<Uint8Array>,
  size: number,
  recipients: readonly string[],
): Promise<SealedAttachmentFile> {
  const hash = core.openHash();
  try {
    const plaintext = padded(pieces, size, core.paddedSize(size), hash);
    const sealed = await files.write(plaintext, recipients);
    return { sealed, sha256: hash.finish() };
  } finally {
    hash.free();
  }
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/**
 * The plaintext of an attached file, without padding, checked against its digest at the end.
 *
 * Problems: file_missing, envelope_unreadable, file_damaged.
 */
export async function* openAttachment(
  core: Core,
  files: SealedFiles,
  keys: Keys,
  attachment: DraftAttachment,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const hash = core.openHash();
  let left = attachment.size;
  try {
    for await (const piece of files.plaintext(
      attachment.sealed,
      core.openOpener(keys.identities),
    )) {
      const wanted = piece.slice(0, left);
      left -= wanted.length;
      if (!isZero(piece.subarray(wanted.length))) throw new ProblemError('file_damaged');
      if (wanted.length === 0) continue;
      hash.push(wanted);
      yield wanted;
    }
    if (left > 0 || hash.finish() !== attachment.sha256) throw new ProblemError('file_damaged');
  } finally {
    hash.free();
  }
}
