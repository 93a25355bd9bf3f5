/** Names nobody can guess or read anything from: record names, submission ids, draft file codes. */

const kBase64Url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const kCrockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const kCodeSymbols = 12;
const kCodeGroup = 4;

type RandomBytes = (count: number) => Uint8Array;

/** base64url without padding. */
export function base64Url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const symbols = Math.min(4, bytes.length - i + 1);
    const group = (a << 16) | (b << 8) | c;
    for (let s = 0; s < symbols; s += 1) text += kBase64Url.charAt((group >> (18 - 6 * s)) & 63);
  }
  return text;
}

/** What {@link base64Url} wrote. */
export function bytesOfBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const symbol of text) {
    held = ((held << 6) | kBase64Url.indexOf(symbol)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (held >> bits) & 0xff;
    at += 1;
  }
  return bytes;
}

/** A record's name in the database: 128 random bits, base64url. */
export function recordName(random: RandomBytes): string {
  return base64Url(random(16));
}

/** Stands between the name of a person's key record and the rest of what the person's records are called. */
const kOwnerMark = '.';

/** A name for a record that belongs to the person whose key record is called `owner`. */
export function ownedName(owner: string, random: RandomBytes): string {
  return owner === '' ? recordName(random) : `${owner}${kOwnerMark}${recordName(random)}`;
}

/** The name of the key record that a record belongs to; empty for one written before there were several. */
export function ownerOf(name: string): string {
  const mark = name.indexOf(kOwnerMark);
  return mark < 0 ? '' : name.slice(0, mark);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * A UUIDv7 in lower case: 48 bits of milliseconds, then 74 random bits.
 * Source: RFC 9562 section 5.7.
 */
export function uuid7(now: Date, random: RandomBytes): string {
  const bytes = random(16);
  let milliseconds = now.getTime();
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = milliseconds % 256;
    milliseconds = Math.floor(milliseconds / 256);
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const text = hex(bytes);
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    text.slice(12, 16),
    text.slice(16, 20),
    text.slice(20),
  ].join('-');
}

/** A code a person can copy from one phone to another: 60 bits as `XXXX-XXXX-XXXX`, Crockford base32. */
export function draftCode(random: RandomBytes): string {
  // 256 is a multiple of 32: taking five bits of each byte favours no symbol.
  const symbols = Array.from(random(kCodeSymbols), (byte) => kCrockford.charAt(byte & 31));
  const groups: string[] = [];
  for (let i = 0; i < kCodeSymbols; i += kCodeGroup) {
    groups.push(symbols.slice(i, i + kCodeGroup).join(''));
  }
  return groups.join('-');
}

/** A code as typed, brought to the form {@link draftCode} gave it: case, spaces, dashes, O for 0, I and L for 1. */
export function normaliseCode(typed: string): string {
  const symbols = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return (symbols.match(/.{1,4}/g) ?? []).join('-');
}
