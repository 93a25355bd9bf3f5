/** A saved application is handed in by somebody else, and its receipt comes back by file or by QR code. */
import { readFile } from 'node:fs/promises';
import { generate, correction } from 'lean-qr';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileToAttach } from './support/applicant';
import { barriers, tooWide } from './support/barriers';
import { begin } from './support/begun';
import type { Begun, BegunOptions } from './support/begun';
import { openCounter } from './support/counter';
import type { Counter } from './support/counter';
import { kLooks } from './support/looks';
import { caseNumbers } from './support/office';
import { kQuickVisitor, kVisitorWithDocuments } from './support/people';
import { documentPage, photo } from './support/pictures';
import { watchPolicy } from './support/policy';
import { openRoad } from './support/road';
import type { Road } from './support/road';
import { snapshot } from './support/snapshot';
import { startStack } from './support/stack';
import type { Stack } from './support/stack';

let stack: Stack;

beforeEach(async () => {
  stack = await startStack();
});

afterEach(async () => {
  await stack?.remove();
});

interface Sealed extends Begun {
  /** The file that the applicant saved, offline. */
  readonly bundle: FileToAttach;
}

function named(bundle: FileToAttach, buffer: Buffer): FileToAttach {
  return { ...bundle, buffer };
}

/** Fills in, goes offline, seals, and saves the file; the phone stays offline. */
async function sealedOffline(options: BegunOptions = {}, documents = false): Promise<Sealed> {
  const begun = await begin(stack.url, options);
  const { applicant, phone } = begun;
  const files = {
    photo: await photo(),
    id_card: await documentPage('id.jpg'),
    passport_page: await documentPage('page.jpg'),
  };
  await applicant.fillForm(documents ? { ...kVisitorWithDocuments, ...files } : kQuickVisitor);
  await phone.offline(true);
  await applicant.submit();
  const page = phone.page();
  await page.getByText(applicant.t('sent_waiting_network')).first().waitFor();
  await page.getByText(applicant.t('sent_carry_title')).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    applicant.button('sent_carry_button').click(),
  ]);
  const buffer = await readFile(await download.path());
  const name = download.suggestedFilename();
  return { ...begun, bundle: { name, mimeType: 'application/x-tar', buffer } };
}

/** What keeps somebody from using the page as it stands. */
async function obstacles(counter: Counter): Promise<string[]> {
  return [...(await barriers(counter.page())), ...(await tooWide(counter.page()))];
}

/** The short receipt inside a receipt file. */
function shortReceipt(jws: string): string {
  const payload = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(payload) as { readonly short: string }).short;
}

/** Which modules of the QR code on the page are dark, row by row; `text` as it should be drawn. */
function drawnFor(text: string): string {
  const code = generate(text, { maxCorrectionLevel: correction.L });
  let path = '';
  for (let y = 0; y < code.size; y += 1)
    for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path += `M${x + 4} ${y + 4}h1v1h-1z`;
  return path;
}

async function takenByFile({ applicant, phone }: Begun, path: string): Promise<void> {
  await phone.page().getByLabel(applicant.t('sent_receipt_file')).setInputFiles(path);
}

test('a friend hands in the saved file; the receipt file is taken by the phone that stays offline', async () => {
  const sealed = await sealedOffline({}, true);
  const { applicant, bundle, phone } = sealed;
  expect(bundle.name).toMatch(/^landfall-[0-9a-f]{8}\.tar$/);
  await phone.page().getByText(applicant.t('handin_where')).waitFor();
  const address = await phone.page().locator('.address a').innerText();
  expect(address).toBe(`${stack.url}/#/hand-in`);
  await snapshot(phone.page(), 'handin-carry-en-light-360');
  const friend = await openCounter(stack.url, kLooks[4]);
  const watched = await watchPolicy(friend.page());
  await friend.choose(bundle);
  await friend.page().getByText(bundle.name).waitFor();

  const caseNumber = await friend.handIn();
  const receipt = await friend.saveReceipt();
  expect(await obstacles(friend)).toEqual([]);
  await snapshot(friend.page(), 'handin-done-th-dark-1280');
  expect(receipt.name).toBe(`receipt-${caseNumber}.jws`);
  const drawn = friend.page().locator('.qr__ink');
  expect(await drawn.getAttribute('d')).toBe(drawnFor(shortReceipt(receipt.text)));

  await friend.person.button('handin_again').click();
  await friend.choose(bundle);
  expect(await friend.handIn()).toBe(caseNumber);
  expect((await friend.saveReceipt()).text).toBe(receipt.text);
  expect(watched.violations()).toEqual([]);

  await takenByFile(sealed, receipt.path);
  expect(await applicant.received()).toBe(caseNumber);
  await phone.offline(false);
  expect(await caseNumbers(stack.dataDir)).toEqual([caseNumber]);
});

test('the receipt comes back as the text of its QR code, offline; the whole one follows when there is a network', async () => {
  const look = { ...kLooks[2], catalog: 'th' };
  const { applicant, bundle, phone } = await sealedOffline(look);
  const counter = await openCounter(stack.url, look);
  await counter.choose(bundle);
  const caseNumber = await counter.handIn();
  const { text } = await counter.saveReceipt();
  expect(await obstacles(counter)).toEqual([]);
  await snapshot(counter.page(), 'handin-done-th-light-360');
  const page = phone.page();
  const paste = page.getByLabel(applicant.t('verify_paste'));
  await paste.fill('https://example.com/menu');
  await applicant.button('scan_take').click();
  await page.getByText(applicant.t('scan_wrong')).waitFor();
  await snapshot(page, 'handin-carry-th-light-360');

  await paste.fill(` ${shortReceipt(text)}\n`);
  await applicant.button('scan_take').click();

  expect(await applicant.received()).toBe(caseNumber);
  await page.getByText(applicant.t('receipt_genuine')).waitFor();
  const saved = async (): Promise<string> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      applicant.button('receipt_save').click(),
    ]);
    return readFile(await download.path(), 'utf8');
  };
  expect(await saved()).toBe(shortReceipt(text));
  await phone.offline(false);
  await expect
    .poll(
      async () => {
        await page.reload();
        await applicant.received();
        return saved();
      },
      { timeout: 30_000 },
    )
    .toBe(text);
  expect(await caseNumbers(stack.dataDir)).toEqual([caseNumber]);
});

/** What the page's camera and its reader of codes are up to, for the test. */
interface Watched {
  code: string;
  readonly cameras: MediaStream[];
  looks: number;
}

declare global {
  var watched: Watched;
}

/** Puts a reader of codes where Linux has none: it reads `watched.code` once the camera shows a picture. */
function bringReader(): void {
  globalThis.watched = { code: '', cameras: [], looks: 0 };
  class Reader {
    static getSupportedFormats = (): Promise<string[]> => Promise.resolve(['qr_code']);
    detect(video: HTMLVideoElement): Promise<{ rawValue: string }[]> {
      if (video.videoWidth === 0) return Promise.reject(new Error('no picture yet'));
      watched.looks += 1;
      return Promise.resolve(watched.code === '' ? [] : [{ rawValue: watched.code }]);
    }
  }
  Object.assign(globalThis, { BarcodeDetector: Reader });
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const camera = await open(wanted);
    watched.cameras.push(camera);
    return camera;
  };
}

/** States of every camera the page ever opened. */
function cameras(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    watched.cameras.flatMap((one) => one.getTracks().map(({ readyState }) => readyState)),
  );
}

test('the phone scans the QR code with its camera, and gives the camera back whatever happens', async () => {
  const { applicant, bundle, phone } = await sealedOffline({
    ...kLooks[1],
    camera: true,
    before: async (page) => void (await page.addInitScript(bringReader)),
  });
  const counter = await openCounter(stack.url, kLooks[1]);
  await counter.choose(bundle);
  const caseNumber = await counter.handIn();
  expect(await obstacles(counter)).toEqual([]);
  const short = shortReceipt((await counter.saveReceipt()).text);
  const page = phone.page();
  const scanning = page.locator('.viewfinder');
  const seen = (looks: number): Promise<void> =>
    expect.poll(() => page.evaluate(() => watched.looks)).toBeGreaterThan(looks);

  await applicant.button('scan_button').click();
  await seen(2);
  await snapshot(page, 'handin-scan-zh-Hant-dark-360');
  expect([await barriers(page), await cameras(page)]).toEqual([[], ['live']]);
  await applicant.button('scan_stop').click();
  await scanning.waitFor({ state: 'detached' });
  await expect.poll(() => cameras(page)).toEqual(['ended']);

  await applicant.button('scan_button').click();
  await expect.poll(() => cameras(page)).toEqual(['ended', 'live']);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    Object.defineProperty(document, 'hidden', { value: false, configurable: true });
  });
  await scanning.waitFor({ state: 'detached' });
  expect(await cameras(page)).toEqual(['ended', 'ended']);

  await page.evaluate(() => void (watched.code = 'https://example.com/menu'));
  await applicant.button('scan_button').click();
  await seen(await page.evaluate(() => watched.looks + 2));
  expect(await scanning.isVisible()).toBe(true);
  await page.evaluate((code) => void (watched.code = code), short);
  expect(await applicant.received()).toBe(caseNumber);
  expect(await cameras(page)).toEqual(['ended', 'ended', 'ended']);
});

/** A byte changed somewhere in the middle. */
function flipped(buffer: Buffer, at: number): Buffer {
  const copy = Buffer.from(buffer);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** What the page says when `file` is handed in. */
async function refusal(counter: Counter, file: FileToAttach): Promise<string> {
  await counter.choose(file);
  await counter.alert().waitFor({ state: 'detached' });
  await counter.person.button('handin_button').click();
  await counter.alert().waitFor({ timeout: 30_000 });
  return counter.alert().innerText();
}

function submissions(road: Road): number {
  return road.passages.filter(({ method }) => method === 'POST').length;
}

test('a wrong, cut or changed file, a sign-in page, no network: each is said, nothing counts, and one case comes of it', async () => {
  const { applicant, bundle, phone } = await sealedOffline({}, true);
  const road = await openRoad(stack.url);
  try {
    const look = kLooks[3];
    const counter = await openCounter(road.url, look);
    const { person } = counter;
    const before = submissions(road);
    const { buffer } = bundle;
    expect(await refusal(counter, await photo())).toContain(person.t('handin_wrong_file'));
    await snapshot(counter.page(), 'handin-wrong-zh-Hant-light-1280');
    for (const cut of [
      named(bundle, buffer.subarray(0, 700)),
      named(bundle, buffer.subarray(0, -900)),
    ])
      expect(await refusal(counter, cut)).toContain(person.t('handin_damaged'));
    expect(submissions(road)).toBe(before);
    const size = Number.parseInt(buffer.subarray(124, 136).toString(), 8);
    const unsigned = named(bundle, flipped(buffer, 512 + size - 10));
    expect(await refusal(counter, unsigned)).toContain(person.t('handin_refused'));
    const changed = named(bundle, flipped(buffer, buffer.length - 20_000));
    expect(await refusal(counter, changed)).toContain(person.t('handin_damaged'));

    const html = { 'content-type': 'text/html' };
    road.treat(({ method }) =>
      method === 'POST'
        ? { kind: 'answer', status: 200, headers: html, body: '<html>Welcome' }
        : { kind: 'pass' },
    );
    expect(await refusal(counter, bundle)).toContain('captive_portal');
    const elsewhere = { location: '/' };
    road.treat(({ url }) =>
      url === '/api/v1/bundles'
        ? { kind: 'answer', status: 302, headers: elsewhere, body: '' }
        : { kind: 'pass' },
    );
    expect(await refusal(counter, bundle)).toContain('captive_portal');
    await counter.phone.offline(true);
    await counter.page().getByText(person.t('handin_offline_text')).waitFor();
    await counter.person.button('handin_button').click();
    await counter.page().getByText(person.t('handin_unreachable')).waitFor();
    await counter.phone.offline(false);
    road.treat(({ url }) =>
      url === '/api/v1/bundles' ? { kind: 'lose-answer' } : { kind: 'pass' },
    );
    await counter.person.button('handin_button').click();
    // The file is still chosen, and the server has it: the receipt comes although that answer was lost.
    await counter.alert().waitFor();
    const caseNumber = await counter.handIn();
    await snapshot(counter.page(), 'handin-done-zh-Hant-light-1280');

    await phone.offline(false);
    expect(await applicant.received()).toBe(caseNumber);
    expect(await caseNumbers(stack.dataDir)).toEqual([caseNumber]);
  } finally {
    await road.close();
  }
});

describe.each(kLooks)('in $catalog, $colorScheme, $viewport.width wide', (look) => {
  test('the page and a refusal pass axe and fit the screen', async () => {
    const counter = await openCounter(stack.url, look);
    const found: string[] = [];
    const visit = async (name: string): Promise<void> => {
      const page = counter.page();
      for (const one of await obstacles(counter)) found.push(`${name}: ${one}`);
      const { catalog, colorScheme, viewport } = look;
      await snapshot(page, `handin-${catalog}-${colorScheme}-${viewport.width}-${name}`);
    };
    await visit('page');
    expect(await refusal(counter, await photo())).toContain(counter.person.t('handin_wrong_file'));
    await visit('refused');
    await counter.phone.offline(true);
    await counter.page().getByText(counter.person.t('handin_offline_text')).waitFor();
    await visit('offline');
    expect(found).toEqual([]);
  });
});
