/** Decides by content what to do with a chosen file; runs in the worker, or on the page where that cannot draw. */
import type { DocumentRule } from '../engine/protocol';
import { jpegComponents } from './jpeg-header';
import { isEncryptedPdf } from './pdf';
import { fitPicture } from './picture';
import type { MakeSurface } from './picture';
import { refused } from './prepared';
import type { Prepared, PrepareRequest, PrepareStep } from './prepared';
import { mediaTypeOf, sniffFile } from './sniff';
import type { FileKind } from './sniff';

/** Larger files are not even read: a phone's memory would not survive decoding them. */
const kMaxReadBytes = 64 * 1024 * 1024;

export interface World {
  readonly makeSurface: MakeSurface;
  /** Decodes HEIC where the browser cannot; null when the decoder cannot be had (no network yet). */
  readonly decodeHeic: (bytes: ArrayBuffer, signal: AbortSignal) => Promise<ImageBitmap | null>;
  readonly report: (step: PrepareStep) => void;
}

/** The file made ready for sealing, or the reason it cannot be. Rejects only when `signal` was aborted. */
export async function prepareFile(
  request: PrepareRequest,
  world: World,
  signal: AbortSignal,
): Promise<Prepared> {
  const { file, rule } = request;
  if (file.size === 0) return refused('file_empty');
  if (file.size > kMaxReadBytes) return tooLarge(file.size, kMaxReadBytes);
  world.report('reading');
  const bytes = await readWhole(file);
  signal.throwIfAborted();
  // Android may change or remove the file under us (a cloud photo not yet on the phone).
  if (!bytes) return refused('file_unreadable');
  if (bytes.byteLength === 0) return refused('file_empty');
  const kind = sniffFile(new Uint8Array(bytes));
  if (kind === 'pdf') return preparePdf(file, bytes, rule);
  if (kind === 'unknown' && takesRecordings(rule)) return prepareAsIs(file, bytes, rule, '');
  if (kind === 'unknown' || kind === 'tiff') return notAccepted(kind, rule);
  if (!rule.types.includes('image/jpeg')) return notAccepted(kind, rule);
  return preparePicture(file, bytes, kind, rule, world, signal);
}

async function readWhole(file: File): Promise<ArrayBuffer | null> {
  try {
    return await file.arrayBuffer();
  } catch {
    return null;
  }
}

function preparePdf(file: File, bytes: ArrayBuffer, rule: DocumentRule): Prepared {
  if (!rule.types.includes('application/pdf')) return notAccepted('pdf', rule);
  if (isEncryptedPdf(new Uint8Array(bytes))) return refused('pdf_encrypted');
  return prepareAsIs(file, bytes, rule, 'application/pdf');
}

/** Sound and films are taken as the phone recorded them; the core looks at what they are. */
function takesRecordings(rule: DocumentRule): boolean {
  return rule.types.some((type) => /^(audio|video)\//.test(type));
}

function prepareAsIs(file: File, bytes: ArrayBuffer, rule: DocumentRule, type: string): Prepared {
  if (bytes.byteLength > rule.max_bytes) return tooLarge(bytes.byteLength, rule.max_bytes);
  return {
    kind: 'ready',
    // A copy: what was looked at is what will be sealed.
    file: new Blob([bytes], { type }),
    fileName: file.name,
    beforeBytes: bytes.byteLength,
    afterBytes: bytes.byteLength,
    width: null,
    height: null,
    changes: { convertedFrom: null, scaled: false, cropped: false },
  };
}

async function preparePicture(
  file: File,
  bytes: ArrayBuffer,
  kind: FileKind,
  rule: DocumentRule,
  world: World,
  signal: AbortSignal,
): Promise<Prepared> {
  world.report('decoding');
  const bitmap = await decode(bytes, kind, world, signal);
  signal.throwIfAborted();
  if (!bitmap) return undecodable(kind, bytes);
  try {
    world.report('shrinking');
    const source = {
      bitmap,
      fileName: file.name,
      beforeBytes: file.size,
      mediaType: mediaTypeOf(kind),
    };
    return await fitPicture(source, rule, world.makeSurface, signal);
  } finally {
    bitmap.close();
  }
}

async function decode(
  bytes: ArrayBuffer,
  kind: FileKind,
  world: World,
  signal: AbortSignal,
): Promise<ImageBitmap | null> {
  const blob = new Blob([bytes], { type: mediaTypeOf(kind) });
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image' });
  } catch {
    if (kind !== 'heic') return null;
    world.report('fetching-decoder');
    return world.decodeHeic(bytes, signal);
  }
}

function undecodable(kind: FileKind, bytes: ArrayBuffer): Prepared {
  if (kind === 'heic') return refused('heic_undecodable');
  if (kind === 'avif') return refused('file_type_avif');
  if (kind === 'jpeg' && jpegComponents(new Uint8Array(bytes)) === 4) return refused('image_cmyk');
  return refused('file_damaged');
}

function notAccepted(kind: FileKind, rule: DocumentRule): Prepared {
  return refused('file_type_not_accepted', {
    found: mediaTypeOf(kind),
    accepted: rule.types.join(' '),
  });
}

function tooLarge(size: number, maxBytes: number): Prepared {
  return refused('file_too_large', { size: String(size), max_bytes: String(maxBytes) });
}
