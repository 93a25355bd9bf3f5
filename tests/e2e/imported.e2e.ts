/** A form that an agency wrote in a sheet: imported, signed, filled in on a phone, received and opened. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { newPhone } from './support/phone';
import type { Phone } from './support/phone';
import { photo } from './support/pictures';
import { snapshot } from './support/snapshot';
import { required, startStack } from './support/stack';
import type { Stack } from './support/stack';
import { textsOf } from './support/texts';

const run = promisify(execFile);

const kSheet = `
| survey |
| | type | name | label | required | parameters | relevant |
| | note | hello | Welcome to the survey | | | |
| | text | who | Your name | yes | | |
| | range | score | How satisfied are you? | yes | start=0 end=10 step=1 | |
| | text | why | What went wrong? | | | \${score} < 5 |
| | rank prio | order | What matters most? | | | |
| | time | at | At what time? | | | |
| | dateTime | moment | When exactly? | | | |
| | geopoint | place | Where are you? | | | |
| | begin_group | media | Recordings | | | |
| | audio | voice | Say it | | | |
| | image | pic | A photo | | | |
| | end_group | | | | | |
| | acknowledge | ok | I agree | yes | | |
| choices |
| | list_name | name | label |
| | prio | speed | Speed |
| | prio | price | Price |
| | prio | care | Care |
| settings |
| | form_id | form_title | version | default_language |
| | all_types | Every kind of question | 2026 | English (en) |
`;

let stack: Stack;
let phone: Phone;
let folder: string;

const landfall = (...args: string[]) => run(required('LANDFALL_PROGRAM'), args);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landfall-sheet-'));
  const sheet = path.join(folder, 'sheet.md');
  await writeFile(sheet, kSheet);
  await landfall('package', 'import', sheet, '-o', path.join(folder, 'form'));
  const packages = path.join(folder, 'signed');
  const keys = required('LANDFALL_DEV_KEYS');
  await landfall('package', 'sign', path.join(folder, 'form'), '--keys', keys, '--out', packages);
  stack = await startStack({ packages });
  phone = await newPhone();
});

afterAll(async () => {
  await phone?.remove();
  await stack?.remove();
  await rm(folder, { recursive: true, force: true });
});

const { portal } = textsOf('en', 'hkmo_entry');

function t(key: string): string {
  const text = portal[key];
  if (text === undefined) throw new Error(`no text ${key}`);
  return text;
}

const button = (key: string): Locator => phone.page().getByRole('button', { name: t(key) });
const field = (label: string): Locator =>
  phone.page().locator('main .field').filter({ hasText: label }).first();

/** A second of silence, as a recorder would write it. */
function silence(): Buffer {
  const samples = 8000;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(samples, 24);
  head.writeUInt32LE(samples, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples, 40);
  return Buffer.concat([head, Buffer.alloc(samples, 128)]);
}

async function fillQuestions(): Promise<void> {
  await field('Your name').locator('input').fill('Suharto');
  await field('How satisfied').getByRole('slider').fill('3');
  await field('What went wrong?').locator('input').fill('The queue');
  for (const choice of ['Care', 'Speed', 'Price'])
    await field('What matters most?').getByText(choice).click();
  await field('At what time?').locator('input').fill('09:30');
  await field('When exactly?').locator('input').fill('2026-11-21T09:30');
  await field('Where are you?')
    .getByRole('button', { name: t('place_ask') })
    .click();
  await phone
    .page()
    .waitForFunction(() =>
      [...document.querySelectorAll('input')].some((one) => one.value.startsWith('25.033964 121.')),
    );
  await snapshot(phone.page(), 'imported-1-questions');
}

async function attachRecordings(): Promise<void> {
  const files = [
    ['Say it', { name: 'voice.wav', mimeType: 'audio/wav', buffer: silence() }],
    ['A photo', await photo()],
  ] as const;
  for (const [label, file] of files) {
    await field(label).locator('input[type=file]:not([capture])').setInputFiles(file);
    await field(label)
      .getByRole('button', { name: t('document_remove') })
      .waitFor();
  }
  await snapshot(phone.page(), 'imported-2-recordings');
}

test('a form imported from a sheet is filled in, sealed and received like one of our own', async () => {
  const page = await phone.open();
  onTestFailed(() => snapshot(phone.page(), 'imported-failed'));
  await phone.context().grantPermissions(['geolocation'], { origin: stack.url });
  await phone.context().setGeolocation({ latitude: 25.0339639, longitude: 121.5644722 });
  await page.goto(stack.url);
  await page.getByRole('link', { name: t('home_start') }).click();
  await page.getByRole('button', { name: ': Every kind of question' }).click();
  const tasks = page.getByRole('link', { name: t('tasks_check') });
  await button('before_agree').or(tasks).first().waitFor();
  if (await button('before_agree').isVisible()) await button('before_agree').click();

  await page.locator('.task-list__link').first().click();
  await fillQuestions();
  await button('continue').click();
  await page.getByRole('heading', { level: 1, name: 'Recordings' }).waitFor();
  await attachRecordings();
  await button('continue').click();
  await tasks.click();
  await page.getByText('1. Care').waitFor();
  await snapshot(page, 'imported-3-check');
  await button('continue').click();
  await page.getByLabel('I agree').check();
  await button('declare_submit').click();

  await button('receipt_save').waitFor({ timeout: 60_000 });
  const caseNumber = /\b\d{12}\b/.exec(await page.locator('main').innerText())?.[0] ?? '';
  const identity = path.join(required('LANDFALL_DEV_KEYS'), 'case-office.identity');
  const out = path.join(folder, 'case');
  const packages = path.join(folder, 'signed');
  const source = ['--data', stack.dataDir, '--identity', identity, '--packages', packages];
  const opened = await landfall('submissions', 'open', ...source, '-o', out, caseNumber);
  expect(JSON.parse(opened.stdout)).toMatchObject({
    answers: {
      who: 'Suharto',
      score: 3,
      why: 'The queue',
      order: ['care', 'speed', 'price'],
      at: '09:30',
      moment: '2026-11-21T09:30',
      place: '25.033964 121.564472 0 0.0',
      ok: 'OK',
    },
  });
  const names = await readdir(out);
  const voice = names.find((name) => name.endsWith('.wav')) ?? '';
  expect((await readFile(path.join(out, voice))).equals(silence())).toBe(true);
  expect(names.some((name) => name.endsWith('.jpg'))).toBe(true);
});
