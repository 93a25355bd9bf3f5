/** Files as sealed chunks in the database: written and read piece by piece, never whole in memory. */

import { ProblemError } from '../engine/problem';
import type { Core, Stream } from '../engine/core';
import { kDurable } from './database';
import type { Database } from './database';
import type { SealedFile } from './records';

const kChunkBytes = 512 * 1024;
const kPlainBytes = 64 * 1024;

type Bytes = Uint8Array<ArrayBuffer>;

export interface SealedFiles {
  /** Seals what `plaintext` yields; half-written chunks are removed when it fails. */
  readonly write: (
    plaintext: AsyncIterable<Uint8Array>,
    recipients: readonly string[],
  ) => Promise<SealedFile>;
  /** Stores an age file as it is; half-written chunks are removed when it fails. */
  readonly store: (sealed: AsyncIterable<Uint8Array>) => Promise<SealedFile>;
  /** The age file's bytes [start, end). Problems: file_missing. */
  readonly slice: (file: SealedFile, start: number, end: number) => Promise<Bytes>;
  /** The age file, chunk by chunk. Problems: file_missing. */
  readonly sealedChunks: (file: SealedFile) => AsyncGenerator<Bytes>;
  /** The plaintext, chunk by chunk, padding included. Problems: file_missing, envelope_unreadable. */
  readonly plaintext: (file: SealedFile, opener: Stream) => AsyncGenerator<Uint8Array>;
  readonly remove: (names: readonly string[]) => Promise<void>;
  readonly names: () => Promise<readonly string[]>;
}

/** Collects pieces and gives them out as chunks of kChunkBytes. */
function chunker(): { add: (bytes: Uint8Array) => Bytes[]; rest: () => Bytes } {
  let buffer = new Uint8Array(kChunkBytes);
  let filled = 0;
  return {
    add(bytes) {
      const full: Bytes[] = [];
      let from = 0;
      while (from < bytes.length) {
        const take = Math.min(bytes.length - from, kChunkBytes - filled);
        buffer.set(bytes.subarray(from, from + take), filled);
        filled += take;
        from += take;
        if (filled < kChunkBytes) continue;
        full.push(buffer);
        buffer = new Uint8Array(kChunkBytes);
        filled = 0;
      }
      return full;
    },
    rest: () => buffer.slice(0, filled),
  };
}

/** A file's bytes in pieces the core takes at once. Problems: file_unreadable. */
export async function* readPieces(file: Blob): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < file.size; start += kPlainBytes) {
    const end = Math.min(start + kPlainBytes, file.size);
    let piece: ArrayBuffer;
    try {
      // A slice each time, not one stream: Android changes or revokes files behind the page's back,
      // and a failed slice says so at once.
      piece = await file.slice(start, end).arrayBuffer();
    } catch {
      throw new ProblemError('file_unreadable');
    }
    if (piece.byteLength !== end - start) throw new ProblemError('file_unreadable');
    yield new Uint8Array(piece);
  }
}

/** `count` zero bytes in pieces. */
export function* zeros(count: number): Generator<Uint8Array> {
  for (let left = count; left > 0; left -= kPlainBytes) {
    yield new Uint8Array(Math.min(left, kPlainBytes));
  }
}

type Put = (chunk: Bytes, name: string) => Promise<unknown>;

/** Stores chunks under new names and remembers what the whole file is. */
function fileWriter(core: Core, put: Put, newName: () => string) {
  const hash = core.openHash();
  const pieces = chunker();
  const chunks: string[] = [];
  const chunk_sizes: number[] = [];
  const store = async (chunk: Bytes): Promise<void> => {
    const name = newName();
    chunks.push(name);
    chunk_sizes.push(chunk.length);
    hash.push(chunk);
    await put(chunk, name);
  };
  return {
    chunks,
    add: async (bytes: Uint8Array): Promise<void> => {
      for (const chunk of pieces.add(bytes)) await store(chunk);
    },
    finish: async (): Promise<SealedFile> => {
      const rest = pieces.rest();
      if (rest.length > 0) await store(rest);
      const size = chunk_sizes.reduce((sum, bytes) => sum + bytes, 0);
      return { chunks, chunk_sizes, size, sha256: hash.finish() };
    },
    free: hash.free,
  };
}

/** Bytes [start, end) of a file whose chunks `read` fetches by name. */
async function readSlice(
  file: SealedFile,
  start: number,
  end: number,
  read: (name: string) => Promise<Bytes>,
): Promise<Bytes> {
  const stop = Math.min(end, file.size);
  const wanted = new Uint8Array(Math.max(0, stop - start));
  let position = 0;
  for (const [i, name] of file.chunks.entries()) {
    const next = position + (file.chunk_sizes[i] ?? 0);
    if (next > start && position < stop) {
      const chunk = await read(name);
      const from = Math.max(start - position, 0);
      const piece = chunk.subarray(from, Math.min(stop - position, chunk.length));
      wanted.set(piece, Math.max(position - start, 0));
    }
    position = next;
  }
  return wanted;
}

/** @param newName a name for a chunk of the open person; throws while there is none */
export function sealedFiles(database: Database, core: Core, newName: () => string): SealedFiles {
  const put: Put = (chunk, name) =>
    database.run(async (connection) => {
      // As durable as the record that will name it: a draft must not outlive its files.
      const transaction = connection.transaction('files', 'readwrite', kDurable);
      await Promise.all([transaction.store.put(chunk, name), transaction.done]);
    });
  const read = async (name: string): Promise<Bytes> => {
    const chunk = await database.run((connection) => connection.get('files', name));
    if (chunk === undefined) throw new ProblemError('file_missing');
    return chunk;
  };
  const remove = async (names: readonly string[]): Promise<void> => {
    if (names.length === 0) return;
    await database.run(async (connection) => {
      const transaction = connection.transaction('files', 'readwrite');
      await Promise.all([...names.map((name) => transaction.store.delete(name)), transaction.done]);
    });
  };
  const store: SealedFiles['store'] = async (sealed) => {
    const writer = fileWriter(core, put, newName);
    try {
      for await (const piece of sealed) await writer.add(piece);
      return await writer.finish();
    } catch (cause) {
      await remove(writer.chunks).catch(() => undefined);
      throw cause;
    } finally {
      writer.free();
    }
  };
  const write: SealedFiles['write'] = async (plaintext, recipients) => {
    const sealer = core.openSealer(recipients);
    async function* sealed(): AsyncGenerator<Uint8Array> {
      for await (const piece of plaintext) yield sealer.push(piece);
      yield sealer.finish();
    }
    try {
      return await store(sealed());
    } finally {
      sealer.free();
    }
  };
  async function* sealedChunks(file: SealedFile): AsyncGenerator<Bytes> {
    for (const name of file.chunks) yield await read(name);
  }
  async function* plaintext(file: SealedFile, opener: Stream): AsyncGenerator<Uint8Array> {
    try {
      for (const name of file.chunks) yield opener.push(await read(name));
      yield opener.finish();
    } finally {
      opener.free();
    }
  }
  return {
    write,
    store,
    sealedChunks,
    plaintext,
    remove,
    slice: (file, start, end) => readSlice(file, start, end, read),
    names: () => database.run((connection) => connection.getAllKeys('files')),
  };
}
