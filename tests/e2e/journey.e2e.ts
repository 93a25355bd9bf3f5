/** The main job: written with no network, closed, opened again, sent by itself, received, opened by the case office. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { Applicant } from './support/applicant';
import { kVisitorWithDocuments } from './support/people';
import { newPhone } from './support/phone';
import type { Phone } from './support/phone';
import { documentPage, photo } from './support/pictures';
import { snapshot } from './support/snapshot';
import { required, startStack } from './support/stack';
import type { Stack } from './support/stack';

const run = promisify(execFile);

let stack: Stack;
let phone: Phone;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landfall-office-'));
  stack = await startStack();
  phone = await newPhone();
});

afterAll(async () => {
  await phone?.remove();
  await stack?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the program; its exit code and output, whatever the code. */
async function landfall(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await run(required('LANDFALL_PROGRAM'), args);
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, out: failed.stdout, err: failed.stderr };
  }
}

/** `landfall verify` knows the receipt as genuine, and one with a changed byte as not. */
async function expectGenuine(receipt: string, caseNumber: string): Promise<void> {
  const root = path.join(required('LANDFALL_DEV_KEYS'), 'root.pub');
  const verified = await landfall('verify', receipt, '--trust', root);
  expect(verified).toMatchObject({ code: 0 });
  expect(verified.out).toContain('genuine');
  expect(verified.out).toContain(caseNumber);

  const tampered = path.join(folder, 'tampered.jws');
  const text = await readFile(receipt, 'utf8');
  await writeFile(
    tampered,
    text.replace(/\.(.)/, (_, first: string) => `.${first === 'a' ? 'b' : 'a'}`),
  );
  expect((await landfall('verify', tampered, '--trust', root)).code).not.toBe(0);
}

/** The case office and Debian's age open what arrived: the answers and three photos. */
async function expectOpened(caseNumber: string): Promise<void> {
  const identity = path.join(required('LANDFALL_DEV_KEYS'), 'case-office.identity');
  const out = path.join(folder, 'case');
  const opened = await landfall(
    'submissions',
    'open',
    '--data',
    stack.dataDir,
    '--packages',
    required('LANDFALL_PACKAGES'),
    '--identity',
    identity,
    '-o',
    out,
    caseNumber,
  );
  expect(opened).toMatchObject({ code: 0 });
  expect(opened.out).toContain('陳大文');
  const files = (await readdir(out)).filter((name) => !name.endsWith('.json'));
  expect(files).toHaveLength(3);
  for (const file of files) {
    expect((await readFile(path.join(out, file))).subarray(0, 2).toString('hex')).toBe('ffd8');
  }

  // Debian's age opens the same parts with the same identity.
  const parts = (
    await readdir(path.join(stack.dataDir, 'parts'), { recursive: true, withFileTypes: true })
  ).filter((entry) => entry.isFile());
  expect(parts).toHaveLength(4);
  const plain: string[] = [];
  for (const part of parts) {
    const sealed = path.join(part.parentPath, part.name);
    const { stdout } = await run('age', ['-d', '-i', identity, sealed], {
      encoding: 'buffer',
      maxBuffer: 1 << 26,
    });
    plain.push(stdout.toString('utf8'));
  }
  expect(plain.filter((one) => one.includes('陳大文'))).toHaveLength(1);
}

test('an application written with no network arrives sealed, signed and receipted', async () => {
  let page = await phone.open();
  onTestFailed(() => snapshot(phone.page(), 'journey-failed'));
  const applicant = new Applicant(() => phone.page());
  await page.goto(stack.url);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await applicant.link('home_start').waitFor();
  await snapshot(page, 'journey-1-first-visit');

  // The portal says when a form lies on the phone; only then may the network go.
  await applicant.link('home_start').click();
  await applicant.card().getByText(applicant.t('choose_offline_yes')).waitFor();
  await phone.offline(true);
  await page.goto(`${stack.url}/`);
  await applicant.start();
  await snapshot(page, 'journey-2-tasks-offline');
  await applicant.fillForm({
    ...kVisitorWithDocuments,
    photo: await photo(),
    id_card: await documentPage('id-card.jpg'),
    passport_page: await documentPage('passport.jpg'),
  });
  await snapshot(page, 'journey-3-check');
  await applicant.submit();
  await applicant.heading(applicant.t('sent_title_sealed')).waitFor();
  await snapshot(page, 'journey-4-sealed-waiting');

  await phone.close();
  page = await phone.open();
  await page.goto(`${stack.url}/`);
  await page.getByText(applicant.t('step_sealed')).first().waitFor();
  await snapshot(page, 'journey-5-opened-again-offline');

  await phone.offline(false);
  const number = page.locator('.case-number');
  await number.waitFor();
  const caseNumber = (await number.innerText()).trim();
  expect(caseNumber).toMatch(/^\d{12}$/);
  await applicant.link('home_receipt').click();
  await page.getByText(applicant.t('receipt_genuine')).waitFor();
  await snapshot(page, 'journey-6-receipt');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    applicant.button('receipt_save').click(),
  ]);
  const receipt = path.join(folder, 'receipt.jws');
  await download.saveAs(receipt);
  await expectGenuine(receipt, caseNumber);
  await expectOpened(caseNumber);
});
