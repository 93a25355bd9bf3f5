// What lies compressed or in pieces inside a file of a browser's profile or of a server's folder.

import { brotliDecompressSync, constants, inflateRawSync } from 'node:zlib';
import { logRecords, tableEntries } from './leveldb.mjs';
import { unsnappy } from './snappy.mjs';

/** First bytes of an entry of Chromium's simple cache (net/disk_cache/simple/simple_entry_format.h). */
const kCacheEntry = Buffer.from('305c72a71b6dfbfc', 'hex');
const kCacheHeaderBytes = 24;
const kGzip = Buffer.from([0x1f, 0x8b, 0x08]);
/** Blink's mark before a stored value that it compressed (idb_value_wrapping.h). */
const kCompressedValue = Buffer.from([0xff, 0x11, 0x02]);
const kMostBytes = 1 << 26;

/** Offsets at which `mark` stands in `bytes`. */
function* placesOf(mark, bytes) {
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) yield at;
}

/** Where the compressed bytes begin after a gzip header (RFC 1952 section 2.3). */
function afterGzipHeader(bytes) {
  const [kExtra, kName, kComment, kHeaderCheck] = [4, 8, 16, 2];
  const flags = bytes[3];
  let at = 10;
  if (flags & kExtra) at += 2 + (bytes[at] | (bytes[at + 1] << 8));
  for (const flag of [kName, kComment]) {
    if (flags & flag) at = bytes.indexOf(0, at) + 1;
  }
  return flags & kHeaderCheck ? at + 2 : at;
}

/** Raw inflation, because Node's gunzip refuses a stream that something else follows. */
function gunzipped(bytes) {
  try {
    const packed = bytes.subarray(afterGzipHeader(bytes));
    const finishFlush = constants.Z_SYNC_FLUSH;
    return inflateRawSync(packed, { finishFlush, maxOutputLength: kMostBytes });
  } catch {
    return null;
  }
}

function unbrotlied(bytes) {
  try {
    const finishFlush = constants.BROTLI_OPERATION_FLUSH;
    return brotliDecompressSync(bytes, { finishFlush, maxOutputLength: kMostBytes });
  } catch {
    return null;
  }
}

/** The body of a cached answer, should it have been kept as it was sent: brotli has no mark of its own. */
function cachedBody(file) {
  if (file.length < kCacheHeaderBytes || !file.subarray(0, 8).equals(kCacheEntry)) return [];
  const keyBytes = file.readUInt32LE(12);
  const body = file.subarray(kCacheHeaderBytes + keyBytes);
  const plain = unbrotlied(body);
  return plain === null || plain.length === 0 ? [] : [{ how: 'brotli', bytes: plain }];
}

function compressedIn(bytes) {
  const found = [];
  for (const at of placesOf(kGzip, bytes)) {
    const plain = gunzipped(bytes.subarray(at));
    if (plain !== null && plain.length > 0) found.push({ how: 'gzip', bytes: plain });
  }
  for (const at of placesOf(kCompressedValue, bytes)) {
    const plain = unsnappy(bytes.subarray(at + kCompressedValue.length));
    if (plain !== null) found.push({ how: 'snappy value', bytes: plain });
  }
  return found;
}

function databasePieces(name, file) {
  const entries = tableEntries(file);
  if (entries !== null) {
    const all = Buffer.concat(entries.flatMap(({ key, value }) => [key, value]));
    return [{ how: 'leveldb table', bytes: all }];
  }
  return /\.log$|^MANIFEST-/.test(name) ? [{ how: 'leveldb log', bytes: logRecords(file) }] : [];
}

/**
 * Everything that can be unpacked from a file, also what is packed twice.
 * @param {string} name the file's own name: a LevelDB log has no other mark
 * @param {Buffer} file
 * @returns {{how: string, bytes: Buffer}[]}
 */
export function unpacked(name, file) {
  const pieces = [...databasePieces(name, file), ...cachedBody(file)];
  const inside = pieces.flatMap((piece) => compressedIn(piece.bytes));
  return [...pieces, ...inside, ...compressedIn(file)];
}
