/** Says what a file is by its first bytes. Names and types that browsers report are not believed. */

export type FileKind =
  'jpeg' | 'png' | 'webp' | 'gif' | 'bmp' | 'tiff' | 'heic' | 'avif' | 'pdf' | 'unknown';

/** Bytes needed to be sure: a PDF may begin after up to 1 KiB of anything. */
export const kHeadBytes = 1024 + 8;

const kHeicBrands = new Set([
  'heic',
  'heix',
  'hevc',
  'hevx',
  'heim',
  'heis',
  'hevm',
  'hevs',
  'mif1',
  'msf1',
]);
const kAvifBrands = new Set(['avif', 'avis']);

/** The kind of the file that begins with `head`. Sources: the formats' own signatures; ISO 14496-12 `ftyp`. */
export function sniffFile(head: Uint8Array): FileKind {
  const at = (offset: number, text: string): boolean => ascii(head, offset, text.length) === text;
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpeg';
  if (head[0] === 0x89 && at(1, 'PNG\r\n')) return 'png';
  if (at(0, 'GIF8')) return 'gif';
  if (at(0, 'RIFF') && at(8, 'WEBP')) return 'webp';
  if (at(0, 'BM')) return 'bmp';
  if (at(0, 'II*\0') || at(0, 'MM\0*')) return 'tiff';
  if (at(4, 'ftyp')) return isoBrand(head);
  if (ascii(head, 0, kHeadBytes).includes('%PDF-')) return 'pdf';
  return 'unknown';
}

/** The media type of a kind; what nobody recognised is a stream of bytes. */
export function mediaTypeOf(kind: FileKind): string {
  return kind === 'unknown'
    ? 'application/octet-stream'
    : kind === 'pdf'
      ? 'application/pdf'
      : `image/${kind}`;
}

/** AVIF names itself; files of phones often put `mif1` first and the codec among the compatible brands. */
function isoBrand(head: Uint8Array): FileKind {
  const size = Math.min(head.length, ((head[2] ?? 0) << 8) | (head[3] ?? 0));
  const brands = [ascii(head, 8, 4)];
  for (let offset = 16; offset + 4 <= size; offset += 4) brands.push(ascii(head, offset, 4));
  if (brands.some((brand) => kAvifBrands.has(brand))) return 'avif';
  return brands.some((brand) => kHeicBrands.has(brand)) ? 'heic' : 'unknown';
}

function ascii(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}
