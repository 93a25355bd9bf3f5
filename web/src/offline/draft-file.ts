/** A draft with its files as one sealed file: from one browser to another, without a server or an account. */

import { ProblemError } from '../engine/problem';
import type { Core, JsonValue, Keys, Stream } from '../engine/core';
import { openAttachment, sealAttachment } from './attachments';
import { readEntry, readTar, tarEnd, tarHeader, tarPadding } from './tar';
import type { TarEntry } from './tar';
import type { Packages } from './packages';
import type { DraftAttachment, DraftContents, EarlierAnswers } from './records';
import { readPieces } from './sealed-files';
import type { SealedFiles } from './sealed-files';

/** 60 random bits need no expensive stretching; 2^15 keeps a phone's memory below 40 MB. */
const kWorkFactor = 15;
const kFormat = 'landfall-draft/1';
const kMaxDocumentBytes = 8 * 1024 * 1024;

type Bytes = Uint8Array<ArrayBuffer>;

/** `draft.json` of the file: the draft without what belongs to one browser only. */
interface CarriedDraft {
  readonly format: typeof kFormat;
  readonly form_id: string;
  readonly version: string;
  readonly digest: string;
  readonly started_at: string;
  readonly saved_at: string;
  readonly answers: JsonValue;
  readonly answered: number;
  readonly questions: number;
  readonly attachments: readonly Omit<DraftAttachment, 'sealed' | 'recipients'>[];
  readonly earlier?: readonly EarlierAnswers[];
  readonly package_signature: string;
}

export interface DraftFiles {
  readonly core: Core;
  readonly keys: Keys;
  readonly files: SealedFiles;
  readonly packages: Packages;
}

function carried(draft: DraftContents, package_signature: string): CarriedDraft {
  const { form_id, version, digest, started_at, saved_at, answers, answered, questions } = draft;
  const attachments = draft.attachments.map(
    ({ sealed: _sealed, recipients: _recipients, ...facts }) => facts,
  );
  return {
    format: kFormat,
    ...{ form_id, version, digest, started_at, saved_at, answers, answered, questions },
    attachments,
    ...(draft.earlier === undefined ? {} : { earlier: draft.earlier }),
    package_signature,
  };
}

async function* document(name: string, bytes: Bytes): AsyncGenerator<Uint8Array> {
  yield tarHeader(name, bytes.length);
  yield await Promise.resolve(bytes);
  yield tarPadding(bytes.length);
}

async function* contentsOf(
  with_: DraftFiles,
  draft: DraftContents,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { core, keys, files, packages } = with_;
  const stored = await packages.load(draft.digest, signal);
  const json = JSON.stringify(carried(draft, stored.signature));
  yield* document('draft.json', new TextEncoder().encode(json));
  // The other browser may be offline: form and texts go along, and are checked there like any other.
  yield* document('package.json', stored.bytes);
  for (const [digest, bytes] of await packages.storedTexts(draft.digest)) {
    yield* document(`texts/${digest}`, bytes);
  }
  for (const attachment of draft.attachments) {
    yield tarHeader(`files/${attachment.sha256}`, attachment.size);
    yield* openAttachment(core, files, keys, attachment);
    yield tarPadding(attachment.size);
  }
  yield tarEnd();
}

/**
 * Writes `draft` as an age file that `code` opens (any age program does).
 *
 * Problems: file_missing, package_missing, the core's codes.
 */
export async function writeDraftFile(
  with_: DraftFiles,
  draft: DraftContents,
  code: string,
  signal: AbortSignal,
): Promise<Blob> {
  const sealer = with_.core.openSealer({ passphrase: code, work_factor: kWorkFactor });
  const pieces: BlobPart[] = [];
  try {
    for await (const piece of contentsOf(with_, draft, signal)) {
      pieces.push(new Blob([sealer.push(piece) as Bytes]));
    }
    pieces.push(new Blob([sealer.finish() as Bytes]));
  } finally {
    sealer.free();
  }
  return new Blob(pieces, { type: 'application/octet-stream' });
}

async function* opened(file: Blob, opener: Stream): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of readPieces(file)) yield opener.push(piece);
    yield opener.finish();
  } finally {
    opener.free();
  }
}

function parseCarried(bytes: Bytes): CarriedDraft {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new ProblemError('draft_file_unreadable');
  }
  const known =
    typeof parsed === 'object' &&
    parsed !== null &&
    'format' in parsed &&
    parsed.format === kFormat;
  if (!known) throw new ProblemError('draft_file_unreadable');
  return parsed as CarriedDraft;
}

interface Reading {
  draft: CarriedDraft | null;
  package: Bytes | null;
  readonly texts: Bytes[];
  readonly attachments: DraftAttachment[];
}

async function takeFile(
  with_: DraftFiles,
  reading: Reading,
  entry: TarEntry,
  recipients: readonly string[],
): Promise<void> {
  const sha256 = entry.name.slice('files/'.length);
  const facts = reading.draft?.attachments.filter((attachment) => attachment.sha256 === sha256);
  if (facts === undefined || facts.length === 0) return;
  const { core, files } = with_;
  const made = await sealAttachment(core, files, entry.body, entry.size, recipients);
  if (made.sha256 !== sha256) throw new ProblemError('file_damaged');
  for (const fact of facts) {
    reading.attachments.push({ ...fact, sealed: made.sealed, recipients });
  }
}

async function takeEntry(
  with_: DraftFiles,
  reading: Reading,
  entry: TarEntry,
  recipients: () => readonly string[],
): Promise<void> {
  if (entry.name === 'draft.json') {
    reading.draft = parseCarried(await readEntry(entry, kMaxDocumentBytes));
  } else if (entry.name === 'package.json') {
    reading.package = await readEntry(entry, kMaxDocumentBytes);
  } else if (entry.name.startsWith('texts/')) {
    reading.texts.push(await readEntry(entry, kMaxDocumentBytes));
  } else if (entry.name.startsWith('files/')) {
    await takeFile(with_, reading, entry, recipients());
  }
}

/** A wrong code and a damaged file look the same, on purpose. */
function asDraftProblem(cause: unknown): unknown {
  const hidden = ['envelope_unreadable', 'tar_malformed', 'header_malformed'];
  return cause instanceof ProblemError && hidden.includes(cause.code)
    ? new ProblemError('draft_file_unreadable')
    : cause;
}

/**
 * Reads a draft file into a new draft of this browser; files are sealed anew under this browser's
 * key. The draft is not saved yet.
 *
 * Problems: draft_file_unreadable (wrong code or damaged), file_damaged, storage_full, the core's
 * codes for a package that is not the agency's.
 */
export async function readDraftFile(
  with_: DraftFiles,
  file: Blob,
  code: string,
  draftId: string,
): Promise<DraftContents> {
  const reading: Reading = { draft: null, package: null, texts: [], attachments: [] };
  const { core, keys, packages } = with_;
  const recipients = (): readonly string[] => {
    const known = packages.index() !== null;
    // Without the signed index the case office's key is unknown: sealed again when it is sent.
    return known ? [...packages.recipients(), keys.age_recipient] : [keys.age_recipient];
  };
  try {
    const opener = core.openOpener({ passphrase: code });
    for await (const entry of readTar(opened(file, opener))) {
      await takeEntry(with_, reading, entry, recipients);
    }
  } catch (cause) {
    const written = reading.attachments.flatMap(({ sealed }) => sealed.chunks);
    await with_.files.remove(written).catch(() => undefined);
    throw asDraftProblem(cause);
  }
  const { draft } = reading;
  if (draft === null) throw new ProblemError('draft_file_unreadable');
  if (reading.package !== null) {
    await packages.adopt(
      { bytes: reading.package, signature: draft.package_signature },
      reading.texts,
    );
  }
  const { format: _format, package_signature: _signature, ...rest } = draft;
  return {
    ...rest,
    draft_id: draftId,
    generation: 0,
    attachments: reading.attachments,
    submission_id: null,
  };
}
