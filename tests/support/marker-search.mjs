// Looks for a marker in files and in the memory of a process, in each way it could lie there.

import { createReadStream } from 'node:fs';
import { open, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Bytes of overlap between two reads, so that a hit across their border is seen. */
const kOverlapBytes = 4096;
const kReadBytes = 1 << 22;

/**
 * Every spelling of `marker` that counts as a leak: UTF-8, UTF-16 in both byte orders, hex of the
 * UTF-8 bytes in both cases, and base64 at each of the three alignments (without the characters at
 * either end that depend on what stands beside the marker).
 */
export function spellings(marker) {
  const bytes = Buffer.from(marker, 'utf8');
  const wide = Buffer.from(marker, 'utf16le');
  const all = [
    { name: 'clear', bytes },
    { name: 'utf16le', bytes: wide },
    { name: 'utf16be', bytes: Buffer.from(wide).swap16() },
    { name: 'hex', bytes: Buffer.from(bytes.toString('hex')) },
    { name: 'HEX', bytes: Buffer.from(bytes.toString('hex').toUpperCase()) },
  ];
  for (const shift of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replace(/=+$/, '');
    const from = Math.ceil((shift * 4) / 3);
    const whole = text.slice(from === 0 ? 0 : from + 1, -1);
    all.push({ name: `base64+${shift}`, bytes: Buffer.from(whole) });
    const url = whole.replaceAll('+', '-').replaceAll('/', '_');
    if (url !== whole) all.push({ name: `base64url+${shift}`, bytes: Buffer.from(url) });
  }
  return all;
}

/** The spellings of `marker` found in `buffer`, by name. */
export function spellingsIn(buffer, wanted) {
  return wanted.filter((spelling) => buffer.includes(spelling.bytes)).map((spelling) => spelling.name);
}

async function searchFile(file, wanted) {
  const found = new Set();
  let tail = Buffer.alloc(0);
  for await (const piece of createReadStream(file, { highWaterMark: kReadBytes })) {
    const window = Buffer.concat([tail, piece]);
    for (const name of spellingsIn(window, wanted)) found.add(name);
    tail = window.subarray(Math.max(0, window.length - kOverlapBytes));
  }
  return [...found];
}

/**
 * Searches every file below `directory`, names included.
 * @returns {Promise<{files: number, hits: {file: string, spellings: string[]}[]}>} how many files
 * were read, and where the marker lies; a search that read no file proves nothing.
 */
export async function searchTree(directory, marker) {
  const wanted = spellings(marker);
  const outcome = { files: 0, hits: [] };
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const inName = spellingsIn(Buffer.from(entry.name), wanted);
    if (inName.length > 0) outcome.hits.push({ file, spellings: inName });
    if (!entry.isFile()) continue;
    outcome.files += 1;
    const inside = await searchFile(file, wanted);
    if (inside.length > 0) outcome.hits.push({ file, spellings: inside });
  }
  return outcome;
}

/**
 * Searches all readable memory of the process `pid` (Linux; needs the right to trace it).
 * @returns {Promise<{bytes: number, hits: {file: string, spellings: string[]}[]}>}
 */
export async function searchMemory(pid, marker) {
  const wanted = spellings(marker);
  const outcome = { bytes: 0, hits: [] };
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
  const memory = await open(`/proc/${pid}/mem`, 'r');
  try {
    for (const line of maps.split('\n')) {
      const region = /^([0-9a-f]+)-([0-9a-f]+) r\S* \S+ \S+ \S+\s*(.*)$/.exec(line);
      if (region === null || region[3] === '[vvar]' || region[3] === '[vsyscall]') continue;
      await searchRegion(memory, BigInt(`0x${region[1]}`), BigInt(`0x${region[2]}`), wanted, outcome);
    }
  } finally {
    await memory.close();
  }
  return outcome;
}

async function searchRegion(memory, start, end, wanted, outcome) {
  const buffer = Buffer.alloc(kReadBytes + kOverlapBytes);
  for (let at = start; at < end; at += BigInt(kReadBytes)) {
    const left = end - at;
    const length = left < BigInt(buffer.length) ? Number(left) : buffer.length;
    const read = await memory.read(buffer, 0, length, at).catch(() => null);
    // A page may be unmapped or guarded between reading the map and reading it.
    if (read === null || read.bytesRead === 0) continue;
    outcome.bytes += read.bytesRead;
    const names = spellingsIn(buffer.subarray(0, read.bytesRead), wanted);
    if (names.length > 0) outcome.hits.push({ file: `memory at ${at.toString(16)}`, spellings: names });
  }
}
