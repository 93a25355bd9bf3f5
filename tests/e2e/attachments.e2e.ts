/** Files as phones really make them, prepared under the policy as it is served: taken, or refused in words. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Applicant, FileToAttach } from './support/applicant';
import { begin } from './support/begun';
import { cmykScan, heicPhoto, pdf, withOrientation } from './support/odd-files';
import { drawPicture } from './support/pictures';
import { watchPolicy } from './support/policy';
import type { PolicyWatch } from './support/policy';
import { startStack } from './support/stack';
import type { Stack } from './support/stack';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});

afterAll(async () => {
  await stack?.remove();
});

interface AtDocuments {
  readonly applicant: Applicant;
  readonly page: Page;
  readonly policy: PolicyWatch;
}

/** Keeps what the portal shows as a preview: the stored picture, opened from the vault. */
function keepPreviews(): void {
  const previews: Blob[] = [];
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (object) => {
    if (object instanceof Blob) previews.push(object);
    return make(object);
  };
  Object.assign(globalThis, { previews });
}

/** On the page that asks for a photo, an identity card and a passport page. */
async function atDocuments(): Promise<AtDocuments> {
  let policy: PolicyWatch | null = null;
  const { applicant, phone } = await begin(stack.url, {
    before: async (page) => {
      policy = await watchPolicy(page);
      await page.addInitScript(keepPreviews);
    },
  });
  if (policy === null) throw new Error('nobody watches the policy');
  await applicant.openSection('route');
  await applicant.answer('permit_kind', 'SINGLE');
  await applicant.link('section_later').click();
  await applicant.openSection('documents');
  return { applicant, page: phone.page(), policy };
}

interface Stored {
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
  /** Red, green, blue of the point a share of the way across and down. */
  readonly at: Readonly<Record<'left' | 'right' | 'top' | 'bottom', readonly number[]>>;
}

/** The last picture that came out of the vault. */
async function storedPicture(page: Page): Promise<Stored> {
  const read = await page.evaluate(async () => {
    const { previews } = globalThis as unknown as { readonly previews: readonly Blob[] };
    const blob = previews.at(-1);
    if (blob === undefined) throw new Error('no preview was made');
    const bitmap = await createImageBitmap(blob, { imageOrientation: 'none' });
    const { width, height } = bitmap;
    const pen = new OffscreenCanvas(width, height).getContext('2d');
    if (pen === null) throw new Error('no canvas');
    pen.drawImage(bitmap, 0, 0);
    const colour = (x: number, y: number): number[] => [
      ...pen.getImageData(Math.floor(width * x), Math.floor(height * y), 1, 1).data.slice(0, 3),
    ];
    const at = {
      left: colour(0.1, 0.5),
      right: colour(0.9, 0.5),
      top: colour(0.5, 0.06),
      bottom: colour(0.5, 0.94),
    };
    const bytes = [...new Uint8Array(await blob.arrayBuffer())];
    return { width, height, at, bytes };
  });
  return { ...read, bytes: Buffer.from(read.bytes) };
}

const isDark = ([red = 255, green = 255]: readonly number[]): boolean => red < 90 && green < 90;

/** Says how a kind of file is accepted: its sizes are shown, and the policy forbade nothing. */
async function accept(at: AtDocuments, question: string, file: FileToAttach): Promise<string> {
  await at.applicant.answer(question, file);
  const field = at.applicant.field(question);
  await field.locator('.document__ready').waitFor();
  expect(await field.locator('.field__error').count()).toBe(0);
  const words = await field.locator('.document__ready').innerText();
  expect(words).toMatch(/\d+(\.\d+)?\s?(B|kB|KB|MB|byte)/);
  expect(await field.locator('.attached__facts').first().innerText()).toMatch(/\d/);
  expect(at.policy.violations()).toEqual([]);
  return words;
}

/** Says how a kind of file is refused: in words, before anything is sealed or stored. */
async function refuse(
  at: AtDocuments,
  question: string,
  file: FileToAttach,
  finding: string,
): Promise<void> {
  const { applicant } = at;
  const field = applicant.field(question);
  await field.locator('input[type=file]:not([capture])').setInputFiles(file);
  const error = field.locator('.field__error');
  await error.waitFor();
  // What stands before the first hole of the text; the portal fills the hole.
  const [words = ''] = (applicant.texts.findings[`finding.${finding}`] ?? '').split('{');
  expect(words).not.toBe('');
  expect(await error.innerText()).toContain(words);
  expect(await field.getByRole('button', { name: applicant.t('document_remove') }).count()).toBe(0);
  expect(at.policy.violations()).toEqual([]);
}

/** Grain that no compression takes away: as many bytes as a good camera writes. */
async function largePhoto(): Promise<FileToAttach> {
  const buffer = await drawPicture({ width: 4000, height: 3000, grain: 200, quality: 1 });
  return { name: 'large.jpg', mimeType: 'image/jpeg', buffer };
}

test('pains 11: a JPEG of 12 MB is made small enough on the phone, and both sizes are shown', async () => {
  const file = await largePhoto();
  expect(file.buffer.length).toBeGreaterThan(12_000_000);
  const at = await atDocuments();
  const words = await accept(at, 'id_card', file);
  expect(words).toMatch(/\d\d(\.\d+)?\sMB/);
  const stored = await storedPicture(at.page);
  expect(stored.bytes.length).toBeLessThanOrEqual(2_000_000);
  expect(stored.width / stored.height).toBeCloseTo(4 / 3, 1);
});

test('pains 11: a photo that lies on its side is stored upright and without EXIF', async () => {
  const drawn = await drawPicture({ width: 1350, height: 1050, noise: false });
  const at = await atDocuments();
  const buffer = withOrientation(drawn, 6);
  expect(buffer.includes('Exif')).toBe(true);
  await accept(at, 'photo', { name: 'sideways.jpg', mimeType: 'image/jpeg', buffer });
  const stored = await storedPicture(at.page);
  expect(stored).toMatchObject({ width: 1050, height: 1350 });
  // The dark shoulders lay at the bottom; a quarter turn clockwise brings them to the left.
  expect(isDark(stored.at.left)).toBe(true);
  expect([stored.at.right, stored.at.top, stored.at.bottom].map(isDark)).toEqual([
    false,
    false,
    false,
  ]);
  expect(stored.bytes.includes('Exif')).toBe(false);
});

test('pains 11: a CMYK scan, a WebP and a HEIC become plain JPEGs, and the phone says so', async () => {
  const at = await atDocuments();
  await accept(at, 'id_card', cmykScan());
  expect(components((await storedPicture(at.page)).bytes)).toBe(3);

  const webp = {
    name: 'web.webp',
    mimeType: 'image/webp',
    buffer: await drawPicture({ width: 640, height: 480, type: 'image/webp' }),
  };
  expect(webp.buffer.subarray(8, 12).toString('latin1')).toBe('WEBP');
  expect(await accept(at, 'passport_page', webp)).toMatch(/webp/i);
  expect(components((await storedPicture(at.page)).bytes)).toBe(3);

  expect(await accept(at, 'id_card', heicPhoto())).toContain('HEIC');
  const stored = await storedPicture(at.page);
  expect(stored).toMatchObject({ width: 640, height: 480 });
  expect(components(stored.bytes)).toBe(3);
  expect(isDark(stored.at.bottom)).toBe(true);
});

/** Colour components of a JPEG, from its frame header. Source: ITU-T T.81, B.2.2. */
function components(jpeg: Buffer): number | undefined {
  for (let at = 2; at + 9 < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const marker = jpeg[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2) return jpeg[at + 9];
  }
  return undefined;
}

test('pains 11: a plain PDF is taken as it is, with its size', async () => {
  const at = await atDocuments();
  const words = await accept(at, 'id_card', pdf('scan.pdf'));
  expect(words).toContain('Size');
});

test('pains 11: an empty file, a locked PDF and a text named .jpg are explained before anything is sealed', async () => {
  const at = await atDocuments();
  await refuse(
    at,
    'id_card',
    { name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) },
    'file_empty',
  );
  await refuse(at, 'id_card', pdf('locked.pdf', { locked: true }), 'pdf_encrypted');
  const text = {
    name: 'notes.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('Dear Sir or Madam'),
  };
  await refuse(at, 'id_card', text, 'file_type_not_accepted');
  const small = await drawPicture({ width: 300, height: 386 });
  const field = at.applicant.field('photo');
  await field
    .locator('input[type=file]:not([capture])')
    .setInputFiles({ name: 'small.jpg', mimeType: 'image/jpeg', buffer: small });
  await field.locator('.field__error').waitFor();
  expect(await field.locator('.field__error').innerText()).toMatch(/413.*531/);
});

test('pains 12: the policy is served as it is in production, and the watch would notice a breach of it', async () => {
  const { headers } = await fetch(`${stack.url}/`);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(policy).not.toContain("'unsafe-inline'");
  expect(policy).not.toContain("'unsafe-eval'");
  expect(policy).not.toMatch(/https?:/);

  const at = await atDocuments();
  await at.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "breached"';
    document.body.append(script);
  });
  await expect.poll(() => at.policy.violations().length).toBeGreaterThan(0);
  const before = at.policy.violations().length;
  await at.page.workers()[0]?.evaluate(() => {
    setTimeout(() => void fetch('https://elsewhere.example/').catch(() => undefined), 0);
  });
  await expect.poll(() => at.policy.violations().length).toBeGreaterThan(before);
});
