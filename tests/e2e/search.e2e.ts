/** The search that the secrecy tests rely on: each spelling and each packing of a marker is found. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { searchBytes, searchTree, spellings } from '../support/marker-search.mjs';

const kMarker = 'ZQ𠮷龘VWK';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landfall-search-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const u32 = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);

/** As snappy may write `before` and then `text`: one by one, and then each as a copy of an earlier one. */
function snappy(before: string, text: string): Buffer {
  const letters = [...before].map((letter) => Buffer.from([0, letter.charCodeAt(0)]));
  const copies = [...text].map((letter, at) => {
    const distance = before.length + at - before.indexOf(letter);
    return Buffer.from([2, distance & 0xff, distance >> 8]);
  });
  return Buffer.concat([Buffer.from([before.length + text.length]), ...letters, ...copies]);
}

/** A table of one block, compressed, in the format of LevelDB. */
function table(block: Buffer): Buffer {
  const data = Buffer.concat([block, Buffer.from([1, 0, 0, 0, 0])]);
  const entry = Buffer.from([0, 1, 2, 0x7a, 0, block.length]);
  const index = Buffer.concat([entry, u32(0), u32(1)]);
  const handles = Buffer.alloc(40);
  handles.set([0, 0, data.length, index.length]);
  const trailer = Buffer.from([0, 0, 0, 0, 0]);
  return Buffer.concat([data, index, trailer, handles, Buffer.from('57fb808b247547db', 'hex')]);
}

/** A block entry whose value is the marker's letters out of order: it is whole only once unpacked. */
function compressedBlock(marker: string): Buffer {
  const letters = [...new Set(marker)].sort().reverse().join('');
  const head = String.fromCharCode(0, 1, letters.length + marker.length);
  const tail = String.fromCharCode(0, 0, 0, 0, 1, 0, 0, 0);
  const before = head + letters + String.fromCharCode(1);
  return snappy(before, marker + tail);
}

/** Two records of a log, the marker on the border between two of its blocks. */
function log(marker: string): Buffer {
  const [first, second] = [marker.slice(0, 5), marker.slice(5)];
  const filled = Buffer.alloc(32_768 - 7, '.');
  filled.write(first, filled.length - first.length);
  const header = (length: number, type: number): Buffer =>
    Buffer.from([0, 0, 0, 0, length & 0xff, length >> 8, type]);
  return Buffer.concat([
    header(filled.length, 2),
    filled,
    header(second.length, 4),
    Buffer.from(second),
  ]);
}

function cacheEntry(body: Buffer): Buffer {
  const key = Buffer.from('1/0/http://example.org/');
  const header = Buffer.alloc(24);
  header.set(Buffer.from('305c72a71b6dfbfc', 'hex'));
  header.writeUInt32LE(key.length, 12);
  return Buffer.concat([header, key, body, Buffer.alloc(24, 1)]);
}

const kPlain = 'ZQPLAINVWK';
const kText = Buffer.from(`a name: ${kPlain}. `.repeat(20));
/** In each of them the marker does not stand as it is. */
const kPackings: Readonly<Record<string, readonly [string, Buffer]>> = {
  'gzip in the middle of a file': [
    'f_000001',
    Buffer.concat([kText.subarray(0, 6), gzipSync(kText), Buffer.from('and more')]),
  ],
  'brotli in a cache entry': ['0123456789abcdef_0', cacheEntry(brotliCompressSync(kText))],
  'a compressed table': ['000005.ldb', table(compressedBlock(kPlain))],
  'a log over two blocks': ['000003.log', log(kPlain)],
};

test.each(Object.entries(kPackings))('a marker is found in %s', async (_, [name, bytes]) => {
  expect(searchBytes(bytes, [kPlain])).toEqual([]);
  await writeFile(path.join(folder, name), bytes);

  const { files, unpacked, hits } = await searchTree(folder, [kPlain]);

  expect([files, unpacked > 0]).toEqual([1, true]);
  expect(hits.map(({ file }) => path.basename(file))).toEqual([name]);
});

test('a marker is found in every spelling, and nowhere in other bytes', () => {
  const all = spellings(kMarker);

  expect(all.length).toBeGreaterThan(12);
  for (const { name, bytes } of all) {
    expect(
      searchBytes(Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]), [kMarker]),
    ).toContain(`${kMarker} ${name}`);
    expect(searchBytes(bytes.subarray(1), [kMarker])).not.toContain(`${kMarker} ${name}`);
  }
  for (const shift of [0, 1, 2]) {
    const text = Buffer.from(`${'x'.repeat(shift)}${kMarker}, and on`).toString('base64');
    expect(searchBytes(Buffer.from(text), [kMarker])).not.toEqual([]);
  }
});

test('a marker in the name of a file is found', async () => {
  await writeFile(path.join(folder, `${kMarker}.pdf`), '');

  const { hits } = await searchTree(folder, [kMarker]);

  expect(hits).toHaveLength(1);
});
