// Looks for markers in files and in the memory of a process, in each way they could lie there.

import { createReadStream } from 'node:fs';
import { open, readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { unpacked } from './packed-files.mjs';

/** Bytes of overlap between two reads, so that a hit across their border is seen. */
const kOverlapBytes = 4096;
const kReadBytes = 1 << 22;
/** Larger files are searched as they lie, not unpacked. */
const kMostUnpackedBytes = 1 << 28;

/** Base64 of `bytes` at each alignment, without the characters that depend on what stands beside it. */
function base64Spellings(name, bytes) {
  const all = [];
  for (const shift of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replace(/=+$/, '');
    const from = Math.ceil((shift * 4) / 3);
    const whole = text.slice(from === 0 ? 0 : from + 1, -1);
    all.push({ name: `${name}+${shift}`, bytes: Buffer.from(whole) });
    const url = whole.replaceAll('+', '-').replaceAll('/', '_');
    if (url !== whole) all.push({ name: `${name}url+${shift}`, bytes: Buffer.from(url) });
  }
  return all;
}

/** `\\uXXXX` for everything outside of ASCII, as JSON may write it. */
function escapedUnits(marker) {
  return marker.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Every spelling of `marker` that counts as a leak: UTF-8, UTF-16 in both byte orders, hex of each
 * in both cases, base64 of each at the three alignments, percent-encoded as in a URL, escaped as in
 * JSON.
 */
export function spellings(marker) {
  const bytes = Buffer.from(marker, 'utf8');
  const wide = Buffer.from(marker, 'utf16le');
  const all = [
    { name: 'clear', bytes },
    { name: 'utf16le', bytes: wide },
    { name: 'utf16be', bytes: Buffer.from(wide).swap16() },
  ];
  for (const [name, source] of [['hex', bytes], ['hex of utf16le', wide]]) {
    const hex = source.toString('hex');
    all.push({ name, bytes: Buffer.from(hex) }, { name: name.replace('hex', 'HEX'), bytes: Buffer.from(hex.toUpperCase()) });
  }
  all.push(...base64Spellings('base64', bytes), ...base64Spellings('base64 of utf16le', wide));
  const more = { percent: encodeURIComponent(marker), escaped: escapedUnits(marker) };
  for (const [name, text] of Object.entries(more)) {
    if (text !== marker) all.push({ name, bytes: Buffer.from(text) });
  }
  return all;
}

/** The spellings of several markers, under names that tell the markers apart. */
function spellingsOf(markers) {
  return markers.flatMap((marker) => spellings(marker).map(({ name, bytes }) => ({ name: `${marker} ${name}`, bytes })));
}

/** The spellings of `marker` found in `buffer`, by name. */
export function spellingsIn(buffer, wanted) {
  return wanted.filter((spelling) => buffer.includes(spelling.bytes)).map((spelling) => spelling.name);
}

async function searchFile(file, wanted, outcome) {
  const found = new Set();
  let tail = Buffer.alloc(0);
  for await (const piece of createReadStream(file, { highWaterMark: kReadBytes })) {
    outcome.bytes += piece.length;
    const window = Buffer.concat([tail, piece]);
    for (const name of spellingsIn(window, wanted)) found.add(name);
    tail = window.subarray(Math.max(0, window.length - kOverlapBytes));
  }
  if ((await stat(file)).size > kMostUnpackedBytes) return [...found];
  for (const { how, bytes } of unpacked(path.basename(file), await readFile(file))) {
    outcome.unpacked += 1;
    outcome.bytes += bytes.length;
    for (const name of spellingsIn(bytes, wanted)) found.add(`${name} in ${how}`);
  }
  return [...found];
}

/**
 * Searches every file below `directory`, names included, also in what is compressed there.
 * @param {string} directory
 * @param {readonly string[]} markers
 * @returns {Promise<{files: number, unpacked: number, bytes: number, hits: {file: string, spellings: string[]}[]}>}
 * how many files were read, how many compressed pieces were in them, and where a marker lies; a
 * search that read no file proves nothing.
 */
export async function searchTree(directory, markers) {
  const wanted = spellingsOf(markers);
  const outcome = { files: 0, unpacked: 0, bytes: 0, hits: [] };
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const inName = spellingsIn(Buffer.from(entry.name), wanted);
    if (inName.length > 0) outcome.hits.push({ file, spellings: inName });
    if (!entry.isFile()) continue;
    outcome.files += 1;
    const inside = await searchFile(file, wanted, outcome);
    if (inside.length > 0) outcome.hits.push({ file, spellings: inside });
  }
  return outcome;
}

/**
 * Searches bytes that were kept in memory: a log, what went over the wire.
 * @param {Buffer} bytes
 * @param {readonly string[]} markers
 * @returns {string[]} the spellings found
 */
export function searchBytes(bytes, markers) {
  return spellingsIn(bytes, spellingsOf(markers));
}

/**
 * Searches all readable memory of the process `pid` (Linux; needs the right to trace it).
 * @param {number} pid
 * @param {readonly string[]} markers
 * @returns {Promise<{bytes: number, hits: {file: string, spellings: string[]}[]}>}
 */
export async function searchMemory(pid, markers) {
  const wanted = spellingsOf(markers);
  const outcome = { bytes: 0, hits: [] };
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
  const memory = await open(`/proc/${pid}/mem`, 'r');
  try {
    for (const line of maps.split('\n')) {
      const region = /^([0-9a-f]+)-([0-9a-f]+) r\S* \S+ \S+ \S+\s*(.*)$/.exec(line);
      if (region === null || region[3] === '[vvar]' || region[3] === '[vsyscall]') continue;
      await searchRegion(memory, parseInt(region[1], 16), parseInt(region[2], 16), wanted, outcome);
    }
  } finally {
    await memory.close();
  }
  return outcome;
}

// Addresses of a process are below 2^47 on amd64 and arm64: a number holds them exactly.
async function searchRegion(memory, start, end, wanted, outcome) {
  const buffer = Buffer.alloc(kReadBytes + kOverlapBytes);
  for (let at = start; at < end; at += kReadBytes) {
    const length = Math.min(end - at, buffer.length);
    const read = await memory.read(buffer, 0, length, at).catch(() => null);
    // A page may be unmapped or guarded between reading the map and reading it.
    if (read === null || read.bytesRead === 0) continue;
    outcome.bytes += read.bytesRead;
    const names = spellingsIn(buffer.subarray(0, read.bytesRead), wanted);
    if (names.length > 0) outcome.hits.push({ file: `memory at ${at.toString(16)}`, spellings: names });
  }
}
