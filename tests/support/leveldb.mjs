// Reads the two file kinds of LevelDB (google/leveldb, doc/{log,table}_format.md): what lies in
// pieces or compressed there comes out whole.

import { readVarint, unsnappy } from './snappy.mjs';

const kLogBlockBytes = 32_768;
const kLogHeaderBytes = 7;
const kFooterBytes = 48;
const kTableMagic = Buffer.from('57fb808b247547db', 'hex');
const kBlockTrailerBytes = 5;

/** The records of a log file, without the headers that stand in the middle of long ones. */
export function logRecords(file) {
  const pieces = [];
  for (let block = 0; block < file.length; block += kLogBlockBytes) {
    const end = Math.min(block + kLogBlockBytes, file.length);
    let at = block;
    while (at + kLogHeaderBytes <= end) {
      const length = file.readUInt16LE(at + 4);
      const type = file[at + 6];
      if (type < 1 || type > 4 || at + kLogHeaderBytes + length > end) break;
      pieces.push(file.subarray(at + kLogHeaderBytes, at + kLogHeaderBytes + length));
      at += kLogHeaderBytes + length;
    }
  }
  return Buffer.concat(pieces);
}

/** A block by its place, decompressed; null when it is damaged. */
function readBlock(file, offset, size) {
  if (offset + size + kBlockTrailerBytes > file.length) return null;
  const bytes = file.subarray(offset, offset + size);
  return file[offset + size] === 1 ? unsnappy(bytes) : bytes;
}

/** The entries of a block; keys are stored as what differs from the key before. */
function entriesOf(block) {
  const entries = [];
  const restarts = block.length >= 4 ? block.readUInt32LE(block.length - 4) : 0;
  const end = block.length - 4 - restarts * 4;
  let key = Buffer.alloc(0);
  for (let at = 0; at < end; ) {
    const numbers = [];
    for (let i = 0; i < 3; i += 1) {
      const read = readVarint(block, at);
      if (read === null) return entries;
      numbers.push(read[0]);
      [, at] = read;
    }
    const [shared, own, valueBytes] = numbers;
    key = Buffer.concat([key.subarray(0, shared), block.subarray(at, at + own)]);
    entries.push({ key, value: block.subarray(at + own, at + own + valueBytes) });
    at += own + valueBytes;
  }
  return entries;
}

/** Keys and values of a table file; null when `file` is none. */
export function tableEntries(file) {
  if (file.length < kFooterBytes || !file.subarray(-8).equals(kTableMagic)) return null;
  let at = file.length - kFooterBytes;
  const handles = [];
  for (let i = 0; i < 4; i += 1) {
    const read = readVarint(file, at);
    if (read === null) return null;
    handles.push(read[0]);
    [, at] = read;
  }
  const index = readBlock(file, handles[2], handles[3]);
  if (index === null) return null;
  return entriesOf(index).flatMap(({ value: place }) => {
    const offset = readVarint(place, 0);
    const size = offset === null ? null : readVarint(place, offset[1]);
    const block = size === null ? null : readBlock(file, offset[0], size[0]);
    return block === null ? [] : entriesOf(block);
  });
}
