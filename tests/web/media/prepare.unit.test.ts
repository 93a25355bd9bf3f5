import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DocumentRule } from '../../../web/src/engine/protocol';
import { prepareFile } from '../../../web/src/media/prepare';
import type { World } from '../../../web/src/media/prepare';
import type { PrepareStep } from '../../../web/src/media/prepared';

const kRule: DocumentRule = {
  types: ['image/jpeg', 'application/pdf'],
  max_bytes: 1000,
  max_files: 1,
};
const kPdf = '%PDF-1.4\ntrailer\n<< /Root 1 0 R >>\n';
const kHeic = Uint8Array.from([
  0,
  0,
  0,
  16,
  ...[...'ftypheic'].map((char) => char.charCodeAt(0)),
  0,
  0,
  0,
  0,
]);

afterEach(() => vi.unstubAllGlobals());

function decodable(width: number, height: number): void {
  vi.stubGlobal('createImageBitmap', () =>
    Promise.resolve({ width, height, close: () => undefined }),
  );
}

function undecodable(): void {
  vi.stubGlobal('createImageBitmap', () =>
    Promise.reject(new DOMException('no', 'InvalidStateError')),
  );
}

/** Pictures weigh `bytesAt(quality, pixels)`. */
function world(
  bytesAt = (_quality: number, _pixels: number): number => 100,
): World & { steps: PrepareStep[] } {
  const steps: PrepareStep[] = [];
  return {
    steps,
    makeSurface: (_bitmap, _frame, size) => ({
      toJpeg: (quality) =>
        Promise.resolve(new Blob([new Uint8Array(bytesAt(quality, size.width * size.height))])),
    }),
    decodeHeic: () => Promise.resolve(null),
    report: (step) => steps.push(step),
  };
}

async function prepare(content: BlobPart, name: string, rule = kRule, at = world()) {
  return prepareFile({ file: new File([content], name), rule }, at, new AbortController().signal);
}

const kJpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0]);

describe('a chosen file', () => {
  it('of 0 bytes is explained', async () => {
    expect(await prepare('', 'empty.jpg')).toMatchObject({
      kind: 'refused',
      code: 'file_empty',
    });
  });

  it('that is a PDF passes unchanged', async () => {
    const prepared = await prepare(kPdf, 'page.pdf');

    expect(prepared).toMatchObject({
      kind: 'ready',
      fileName: 'page.pdf',
      beforeBytes: kPdf.length,
      afterBytes: kPdf.length,
    });
    expect(prepared.kind === 'ready' && (await prepared.file.text())).toBe(kPdf);
  });

  it('that is a PDF with a password is explained before anything is sent', async () => {
    const prepared = await prepare(kPdf.replace('/Root', '/Encrypt 5 0 R /Root'), 'page.pdf');

    expect(prepared).toMatchObject({ kind: 'refused', code: 'pdf_encrypted' });
  });

  it('that is too large a PDF says both sizes', async () => {
    const prepared = await prepare(kPdf.padEnd(1200), 'page.pdf');

    expect(prepared).toEqual({
      kind: 'refused',
      code: 'file_too_large',
      params: { size: '1200', max_bytes: '1000' },
    });
  });

  it('that lies about its type by its name is judged by its content', async () => {
    expect(await prepare('MZ program', 'photo.jpg')).toMatchObject({
      kind: 'refused',
      code: 'file_type_not_accepted',
    });
  });

  it('that vanished meanwhile is explained', async () => {
    const file = new File(['x'], 'cloud.jpg');
    file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));

    const prepared = await prepareFile(
      { file, rule: kRule },
      world(),
      new AbortController().signal,
    );

    expect(prepared).toMatchObject({
      kind: 'refused',
      code: 'file_unreadable',
    });
  });

  it('that is a picture becomes a JPEG', async () => {
    decodable(800, 600);
    const at = world();

    const prepared = await prepare(kJpeg, 'IMG.JPG', kRule, at);

    expect(prepared).toMatchObject({
      kind: 'ready',
      fileName: 'IMG.jpg',
      width: 800,
      height: 600,
      afterBytes: 100,
    });
    expect(at.steps).toEqual(['reading', 'decoding', 'shrinking']);
  });

  it('that is too heavy loses quality first and pixels only after that', async () => {
    decodable(2000, 1000);
    const at = world((quality, pixels) => Math.round((pixels / 1000) * quality));

    const prepared = await prepare(kJpeg, 'IMG.JPG', { ...kRule, max_bytes: 900 }, at);

    expect(prepared).toMatchObject({
      kind: 'ready',
      changes: { scaled: true },
    });
    expect(prepared.kind === 'ready' && prepared.afterBytes).toBeLessThanOrEqual(900);
  });

  it('that cannot be made small enough with the pixels the rule wants is refused', async () => {
    decodable(500, 500);
    const heavy = world(() => 5000);

    const prepared = await prepare(
      kJpeg,
      'IMG.JPG',
      { ...kRule, min_width: 500, min_height: 500 },
      heavy,
    );

    expect(prepared).toMatchObject({
      kind: 'refused',
      code: 'image_cannot_shrink',
    });
  });

  it('that is HEIC where nothing can decode it says how to get a JPEG', async () => {
    undecodable();
    const at = world();

    expect(await prepare(kHeic, 'IMG.HEIC', kRule, at)).toMatchObject({
      kind: 'refused',
      code: 'heic_undecodable',
    });
    expect(at.steps).toContain('fetching-decoder');
  });

  it('that is a CMYK JPEG the browser cannot decode is named as such', async () => {
    undecodable();
    const cmyk = Uint8Array.from([
      0xff, 0xd8, 0xff, 0xc0, 0, 20, 8, 0, 1, 0, 1, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0,
    ]);

    expect(await prepare(cmyk, 'print.jpg')).toMatchObject({
      kind: 'refused',
      code: 'image_cmyk',
    });
  });

  it('that is damaged is named as such', async () => {
    undecodable();

    expect(await prepare(kJpeg, 'broken.jpg')).toMatchObject({
      kind: 'refused',
      code: 'file_damaged',
    });
  });
});
