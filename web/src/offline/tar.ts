/** Uncompressed tar (ustar), written and read as a stream: bundles to carry by hand, drafts in one file. */

import { ProblemError } from '../engine/problem';

/** Bytes of a block: headers take one, bodies are filled up to whole ones. */
export const kTarBlock = 512;
const kNameBytes = 100;
const kSizeAt = 124;
const kSizeBytes = 12;
const kChecksumAt = 148;
const kTypeAt = 156;
const kRegularFile = 0x30;

type Bytes = Uint8Array<ArrayBuffer>;

function writeText(block: Uint8Array, at: number, text: string): void {
  block.set(new TextEncoder().encode(text), at);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

function checksum(block: Uint8Array): number {
  // The checksum's own eight bytes count as spaces.
  return block.reduce(
    (sum, byte, at) => sum + (at >= kChecksumAt && at < kChecksumAt + 8 ? 0x20 : byte),
    0,
  );
}

/** The header block of one file: owner, time and mode are always the same. Source: POSIX.1 pax, ustar. */
export function tarHeader(name: string, size: number): Bytes {
  const block = new Uint8Array(kTarBlock);
  writeText(block, 0, name);
  writeText(block, 100, '0000644\0');
  writeText(block, 108, '0000000\0');
  writeText(block, 116, '0000000\0');
  writeText(block, kSizeAt, `${octal(size, 11)}\0`);
  writeText(block, 136, `${octal(0, 11)}\0`);
  block[kTypeAt] = kRegularFile;
  writeText(block, 257, 'ustar\u000000');
  writeText(block, kChecksumAt, `${octal(checksum(block), 6)}\0 `);
  return block;
}

/** Zeros that fill the last block of a file of `size` bytes. */
export function tarPadding(size: number): Bytes {
  return new Uint8Array((kTarBlock - (size % kTarBlock)) % kTarBlock);
}

/** The two empty blocks at the end. */
export function tarEnd(): Bytes {
  return new Uint8Array(2 * kTarBlock);
}

export interface TarEntry {
  readonly name: string;
  readonly size: number;
  /** To be read before the next entry is asked for; what is left unread is skipped. */
  readonly body: AsyncGenerator<Uint8Array>;
}

interface Source {
  /** Exactly `count` bytes, or null when there are none at all. Problems: tar_malformed. */
  readonly exactly: (count: number) => Promise<Uint8Array | null>;
  /** At least one and at most `count` bytes. Problems: tar_malformed. */
  readonly some: (count: number) => Promise<Uint8Array>;
}

function sourceOf(stream: AsyncIterable<Uint8Array>): Source {
  const iterator = stream[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array(0);

  const more = async (): Promise<boolean> => {
    while (held.length === 0) {
      const next = await iterator.next();
      if (next.done === true) return false;
      held = next.value;
    }
    return true;
  };
  const some: Source['some'] = async (count) => {
    if (!(await more())) throw new ProblemError('tar_malformed');
    const taken = held.subarray(0, count);
    held = held.subarray(taken.length);
    return taken;
  };
  const exactly: Source['exactly'] = async (count) => {
    if (!(await more())) return null;
    const bytes = new Uint8Array(count);
    let filled = 0;
    while (filled < count) {
      const piece = await some(count - filled);
      bytes.set(piece, filled);
      filled += piece.length;
    }
    return bytes;
  };
  return { exactly, some };
}

function fieldText(block: Uint8Array, at: number, size: number): string {
  const field = block.subarray(at, at + size);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

/** What the header block of a file says. Problems: tar_malformed. */
export function parseTarHeader(block: Uint8Array): {
  readonly name: string;
  readonly size: number;
} {
  const sum = Number.parseInt(fieldText(block, kChecksumAt, 8).trim(), 8);
  const size = Number.parseInt(fieldText(block, kSizeAt, kSizeBytes).trim(), 8);
  if (sum !== checksum(block) || !Number.isSafeInteger(size) || block[kTypeAt] !== kRegularFile) {
    throw new ProblemError('tar_malformed');
  }
  return { name: fieldText(block, 0, kNameBytes), size };
}

/**
 * Reads a tar as it arrives, and the stream to its end: a sealed stream is whole only there.
 *
 * Problems: tar_malformed; whatever the stream throws.
 */
export async function* readTar(stream: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const source = sourceOf(stream);
  for (;;) {
    const block = await source.exactly(kTarBlock);
    if (block === null) throw new ProblemError('tar_malformed');
    if (block.every((byte) => byte === 0)) break;
    const { name, size } = parseTarHeader(block);
    let left = size;
    async function* body(): AsyncGenerator<Uint8Array> {
      while (left > 0) {
        const piece = await source.some(left);
        left -= piece.length;
        yield piece;
      }
    }
    yield { name, size, body: body() };
    while (left > 0) left -= (await source.some(left)).length;
    const padding = tarPadding(size).length;
    if (padding > 0) await source.exactly(padding);
  }
  while ((await source.exactly(kTarBlock)) !== null) {
    // Only empty blocks follow.
  }
}

/** A whole entry as bytes, up to `limit`. Problems: too_large. */
export async function readEntry(entry: TarEntry, limit: number): Promise<Bytes> {
  if (entry.size > limit) throw new ProblemError('too_large');
  const bytes = new Uint8Array(entry.size);
  let filled = 0;
  for await (const piece of entry.body) {
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return bytes;
}
