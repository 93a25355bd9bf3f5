/** What was typed is nowhere in readable form: not on the phone's disk, not on the wire, not at the server. */
import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFailed, onTestFinished, test } from 'vitest';
import { searchBytes, searchMemory, searchTree } from '../support/marker-search.mjs';
import { Applicant } from './support/applicant';
import type { Answers, FileToAttach } from './support/applicant';
import { kVisitorWithDocuments } from './support/people';
import { newPhone } from './support/phone';
import type { Phone } from './support/phone';
import { photo } from './support/pictures';
import { snapshot } from './support/snapshot';
import { required, startStack } from './support/stack';
import type { Stack } from './support/stack';
import { listenOn } from './support/wire';

const run = promisify(execFile);

/** Rare enough to stand nowhere by chance; the last one only inside an attached file. */
const kSurname = 'QZXMARKERVWK';
const kNameZh = '𠮷龘龘';
const kInFile = 'XJQPLANTEDWVZ';
const kMarkers = [kSurname, kNameZh, kInFile];
/** Chromium writes local storage and the session some seconds late. */
const kLateWritesMs = 7_000;

/** A file named and filled with markers; a PDF is sealed as it is, a picture would be drawn anew. */
function markedFile(): FileToAttach {
  const text = `%PDF-1.7\n% ${kInFile} ${kNameZh}\n`.repeat(40);
  return {
    name: `${kSurname}-${kNameZh}.pdf`,
    mimeType: 'application/pdf',
    buffer: Buffer.from(`${text}%%EOF\n`),
  };
}

async function markedAnswers(): Promise<Answers> {
  return {
    ...kVisitorWithDocuments,
    surname_en: kSurname,
    name_zh: kNameZh,
    birth_city: kSurname,
    photo: await photo(`${kSurname}.jpg`),
    id_card: markedFile(),
    passport_page: markedFile(),
  };
}

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});

afterAll(async () => {
  await stack?.remove();
});

async function aPhone(): Promise<Phone> {
  const phone = await newPhone();
  onTestFinished(() => phone.remove());
  return phone;
}

async function lock(phone: Phone, applicant: Applicant): Promise<void> {
  await applicant.button('header_lock').click();
  await applicant.heading(applicant.t('locked_title')).waitFor();
  await phone.page().waitForTimeout(kLateWritesMs);
}

/** Ends the browser as it stands and searches all it left; a search of nothing would prove nothing. */
async function expectSilentProfile(phone: Phone): Promise<void> {
  expect(await phone.kill()).toBeGreaterThan(2);
  const { files, unpacked, bytes, hits } = await searchTree(phone.profileDir, kMarkers);
  console.log(`profile: ${files} files, ${unpacked} compressed pieces, ${bytes} bytes searched`);
  expect(hits).toEqual([]);
  expect(files).toBeGreaterThan(50);
  expect(unpacked).toBeGreaterThan(5);
}

async function expectSilentServer(): Promise<void> {
  const { files, bytes, hits } = await searchTree(stack.dataDir, kMarkers);
  const pid = stack.pid() ?? -1;
  const memory = await searchMemory(pid, kMarkers);
  console.log(
    `server: ${files} files, ${bytes} bytes; memory: ${memory.bytes} bytes searched; log: ${stack.log().length} bytes`,
  );
  expect(hits).toEqual([]);
  expect(memory.hits).toEqual([]);
  expect(searchBytes(Buffer.from(stack.log()), kMarkers)).toEqual([]);
  expect(files).toBeGreaterThan(4);
  expect(memory.bytes).toBeGreaterThan(1_000_000);
  expect(stack.log()).toMatch(/"method":"POST","route":"\/api\/v1\/submissions","status":201/);
}

test('what was typed and attached before sealing is nowhere on a phone that was locked and killed', async () => {
  const phone = await aPhone();
  const applicant = new Applicant(() => phone.page());
  const page = await phone.open();
  await page.goto(`${stack.url}/`);
  await applicant.start();
  const answers = await markedAnswers();
  for (const section of ['route', 'eligibility', 'person', 'documents']) {
    await applicant.openSection(section);
    const done = await applicant.fillPage(answers);
    expect(done.length).toBeGreaterThan(0);
    await applicant.saved();
    await applicant.link('section_later').click();
  }

  await lock(phone, applicant);
  await expectSilentProfile(phone);

  // It was there all the time, sealed.
  const again = await phone.open();
  await again.goto(`${stack.url}/`);
  await applicant.button('locked_unlock').click();
  await applicant.link('home_continue').click();
  await applicant.openSection('person');
  expect(await applicant.field('surname_en').locator('input').inputValue()).toBe(kSurname);
  expect(await applicant.field('name_zh').locator('input').inputValue()).toBe(kNameZh);
});

test('what was sent is nowhere on the phone, on the wire or at the server, and the case office reads it', async () => {
  const wire = await listenOn(stack.url);
  onTestFinished(() => wire.close());
  const phone = await aPhone();
  const applicant = new Applicant(() => phone.page());
  const page = await phone.open();
  onTestFailed(() => snapshot(page, 'secrecy-failed').catch(() => undefined));
  await page.goto(`${wire.url}/`);
  await applicant.start();
  await applicant.fillForm(await markedAnswers());
  await applicant.submit();
  await page.getByText(applicant.t('receipt_genuine')).waitFor();
  await page.goto(`${wire.url}/`);
  const caseNumber = (await page.locator('.case-number').innerText()).trim();

  const sent = wire.sent();
  const requests = wire.requestLines();
  console.log(`wire: ${requests.length} requests, ${sent.length} bytes searched`);
  expect(requests.filter((line) => line.startsWith('POST /api/v1/submissions '))).toHaveLength(1);
  expect(searchBytes(sent, kMarkers)).toEqual([]);
  await expectSilentServer();
  await lock(phone, applicant);
  await expectSilentProfile(phone);

  const identity = `${required('LANDFALL_DEV_KEYS')}/case-office.identity`;
  const out = `${phone.profileDir}/opened`;
  const opened = await run(required('LANDFALL_PROGRAM'), [
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
  ]);
  expect(searchBytes(Buffer.from(opened.stdout), [kSurname, kNameZh])).toContain(
    `${kNameZh} clear`,
  );
  expect((await searchTree(out, [kInFile])).hits).not.toEqual([]);
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');

test('a leak at the server would be found: in its database, its files, its memory', async () => {
  const [inMetadata, inUpload, inMemory] = ['ZQLEAKDATABASE', 'ZQLEAKUPLOAD', 'ZQLEAKMEMORY'];
  const made = await fetch(`${stack.url}/api/v1/parts`, {
    method: 'POST',
    headers: {
      'Tus-Resumable': '1.0.0',
      'Upload-Length': '1000',
      'Upload-Metadata': `name ${base64(`applicant ${inMetadata}.`)}`,
      'Content-Type': 'application/offset+octet-stream',
    },
    body: Buffer.from(`applicant ${inUpload}.`, 'utf16le').toString('hex'),
  });
  expect(made.status).toBe(201);
  const held = connect(Number(new URL(stack.url).port), '127.0.0.1');
  onTestFinished(() => void held.destroy());
  held.write(
    `POST /api/v1/submissions HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\nContent-Length: 900\r\n\r\n${inMemory}`,
  );
  await new Promise((resolve) => setTimeout(resolve, 500));

  const files = await searchTree(stack.dataDir, [inMetadata, inUpload]);
  const memory = await searchMemory(stack.pid() ?? -1, [inMemory]);

  const found = files.hits.map(
    ({ file, spellings }) => `${file.slice(stack.dataDir.length)}: ${spellings.join(', ')}`,
  );
  expect(
    found.find((hit) => /sqlite|\.db/.test(hit) && hit.includes(`${inMetadata} base64`)),
  ).toBeDefined();
  expect(
    found.find((hit) => /upload|part/.test(hit) && hit.includes(`${inUpload} hex of utf16le`)),
  ).toBeDefined();
  expect(memory.hits.flatMap(({ spellings }) => spellings)).toContain(`${inMemory} clear`);
});

/** Leaves the markers where a careless portal would. */
async function leak(
  markers: Readonly<Record<'local' | 'record' | 'long' | 'cache' | 'address' | 'typed', string>>,
): Promise<void> {
  localStorage.setItem('draft', markers.local);
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('careless', 1);
    request.onupgradeneeded = () => void request.result.createObjectStore('drafts');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('no database'));
  });
  const transaction = database.transaction('drafts', 'readwrite', { durability: 'strict' });
  transaction.objectStore('drafts').put({ name: markers.record }, 1);
  // So long and so regular that the browser compresses it.
  transaction.objectStore('drafts').put({ name: `${'name '.repeat(40_000)}${markers.long}` }, 2);
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  const cache = await caches.open('careless');
  await cache.put('/draft', new Response(markers.cache));
  history.replaceState(null, '', `#${markers.address}`);
  const input = document.createElement('input');
  input.id = 'careless';
  document.body.append(input);
  input.focus();
}

test('a leak on the phone would be found: in storage, databases, caches, addresses, the saved session, on the wire', async () => {
  const markers = {
    local: 'ZQLEAKLOCAL',
    record: '龘ZQLEAKRECORD',
    long: 'ZQLEAKLONG',
    cache: 'ZQLEAKCACHE',
    address: 'ZQLEAKADDRESS',
    typed: 'ZQLEAKTYPED',
  };
  const wire = await listenOn(stack.url);
  onTestFinished(() => wire.close());
  const phone = await aPhone();
  const page = await phone.open();
  await page.goto(`${wire.url}/`);
  await page.locator('h1').waitFor();
  await page.evaluate(leak, markers);
  await page.evaluate((name) => fetch(`/healthz?name=${encodeURIComponent(name)}`), kNameZh);
  await page.evaluate((body) => fetch('/healthz', { method: 'POST', body }), kSurname);
  await page.keyboard.type(markers.typed);
  await page.waitForTimeout(kLateWritesMs);
  await phone.kill();
  const onWire = searchBytes(wire.sent(), kMarkers);

  const { hits } = await searchTree(phone.profileDir, Object.values(markers));

  const places = Object.fromEntries(
    Object.entries(markers).map(([what, marker]) => [
      what,
      hits
        .filter(({ spellings }) => spellings.some((one) => one.startsWith(marker)))
        .map(({ file }) => file.slice(phone.profileDir.length)),
    ]),
  );
  expect(onWire).toEqual(expect.arrayContaining([`${kNameZh} percent`, `${kSurname} clear`]));
  expect(places).toEqual({
    local: expect.arrayContaining([expect.stringContaining('Local Storage')]),
    record: expect.arrayContaining([expect.stringContaining('IndexedDB')]),
    long: expect.arrayContaining([expect.stringContaining('IndexedDB')]),
    cache: expect.arrayContaining([expect.stringContaining('CacheStorage')]),
    address: expect.arrayContaining([expect.stringMatching(/History|Sessions/)]),
    typed: expect.arrayContaining([expect.stringContaining('Sessions')]),
  });
});
