/** Tells whether a PDF needs a password, without opening it: such a file cannot be read by the case office. */

const kTailBytes = 2048;
/** A trailer dictionary is small; more than this is not one. */
const kDictionaryBytes = 16 * 1024;
/** An encryption entry: a reference to an object, or the dictionary itself. ISO 32000-1 section 7.5.5. */
const kEncryptEntry = /\/Encrypt(\s+\d+\s+\d+\s+R|\s*<<)/;

/** True when the trailer, or the cross-reference stream that stands for it, names an encryption dictionary. */
export function isEncryptedPdf(bytes: Uint8Array): boolean {
  const trailer = lastTrailer(bytes);
  // A file whose end is damaged: whatever names an encryption dictionary anywhere counts.
  return kEncryptEntry.test(trailer ?? latin1(bytes, 0, bytes.length));
}

function lastTrailer(bytes: Uint8Array): string | null {
  const tail = latin1(bytes, Math.max(0, bytes.length - kTailBytes), bytes.length);
  const offsets = [...tail.matchAll(/startxref\s+(\d+)/g)];
  const offset = Number(offsets.at(-1)?.[1] ?? Number.NaN);
  if (!(offset > 0 && offset < bytes.length)) return null;
  const section = latin1(bytes, offset, Math.min(bytes.length, offset + 64));
  if (/^\s*xref/.test(section)) return trailerAfter(bytes, offset);
  return /^\s*\d+\s+\d+\s+obj/.test(section) ? dictionary(bytes, offset) : null;
}

/** The dictionary after the keyword `trailer` that ends a classic cross-reference table. */
function trailerAfter(bytes: Uint8Array, offset: number): string | null {
  const keyword = indexOf(bytes, 'trailer', offset);
  return keyword < 0 ? null : dictionary(bytes, keyword);
}

function dictionary(bytes: Uint8Array, offset: number): string {
  const text = latin1(bytes, offset, Math.min(bytes.length, offset + kDictionaryBytes));
  const end = /\bstream\r?\n|\bstartxref\b/.exec(text);
  return end ? text.slice(0, end.index) : text;
}

function indexOf(bytes: Uint8Array, word: string, from: number): number {
  const first = word.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (latin1(bytes, at, at + word.length) === word) return at;
  }
  return -1;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  const kStep = 8192;
  let text = '';
  for (let at = from; at < to; at += kStep) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(to, at + kStep)));
  }
  return text;
}
