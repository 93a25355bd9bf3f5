import { describe, expect, it } from 'vitest';
import { mediaTypeOf, sniffFile } from '../../../web/src/media/sniff';

function bytes(...parts: readonly (string | number)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'number' ? [part] : [...part].map((char) => char.charCodeAt(0)),
    ),
  );
}

describe('what a file is', () => {
  it.each([
    ['a JPEG', bytes(0xff, 0xd8, 0xff, 0xe1), 'jpeg'],
    ['a PNG', bytes(0x89, 'PNG\r\n', 0x1a, '\n'), 'png'],
    ['a WebP', bytes('RIFF', 1, 2, 3, 4, 'WEBPVP8 '), 'webp'],
    ['a GIF', bytes('GIF89a'), 'gif'],
    ['a HEIC of an iPhone', bytes(0, 0, 0, 24, 'ftypheic', 0, 0, 0, 0, 'mif1heic'), 'heic'],
    [
      'a HEIF that names its codec second',
      bytes(0, 0, 0, 24, 'ftypmif1', 0, 0, 0, 0, 'mif1heic'),
      'heic',
    ],
    [
      'an AVIF that names its brand second',
      bytes(0, 0, 0, 24, 'ftypmif1', 0, 0, 0, 0, 'mif1avif'),
      'avif',
    ],
    ['a PDF', bytes('%PDF-1.7'), 'pdf'],
    ['a PDF with something before it', bytes('\n\n  %PDF-1.4'), 'pdf'],
    ['a TIFF', bytes('II*', 0), 'tiff'],
    ['a film', bytes(0, 0, 0, 20, 'ftypisom', 0, 0, 0, 0, 'isom'), 'unknown'],
    ['a program', bytes('MZ', 0x90, 0), 'unknown'],
    ['nothing', bytes(), 'unknown'],
  ])('%s is known by its first bytes', (_name, head, kind) => {
    expect(sniffFile(head)).toBe(kind);
  });

  it('an unknown file has the media type of bytes', () => {
    expect(mediaTypeOf('unknown')).toBe('application/octet-stream');
    expect(mediaTypeOf('pdf')).toBe('application/pdf');
    expect(mediaTypeOf('heic')).toBe('image/heic');
  });
});
