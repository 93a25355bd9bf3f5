/** Whatever somebody shows, checked in the portal: each kind as the server makes it, and each kind spoilt. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { begin } from './support/begun';
import type { Begun } from './support/begun';
import { kQuickVisitor } from './support/people';
import { kLooks } from './support/looks';
import { snapshot } from './support/snapshot';
import { required, startStack } from './support/stack';
import type { Stack } from './support/stack';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});

afterAll(async () => {
  await stack?.remove();
});

/** A submission, as the phone saves it to be carried and as the server receipts it. */
async function submitted(): Promise<{ readonly bundle: Buffer; readonly receipt: Buffer }> {
  const { applicant, phone } = await begin(stack.url);
  await applicant.fillForm(kQuickVisitor);
  await phone.offline(true);
  await applicant.submit();
  const page = phone.page();
  await page.getByText(applicant.t('sent_carry_title')).click();
  const saved = async (key: string): Promise<Buffer> => {
    const waiting = page.waitForEvent('download');
    await applicant.button(key).click();
    return readFile(await (await waiting).path());
  };
  const bundle = await saved('sent_carry_button');
  await phone.offline(false);
  await applicant.received();
  return { bundle, receipt: await saved('receipt_save') };
}

async function served(address: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(`${stack.url}${address}`)).arrayBuffer());
}

/** A published form, as the folder of signed packages has it. */
async function publishedForm(): Promise<Buffer> {
  const folder = required('LANDFALL_PACKAGES');
  for (const name of await readdir(folder)) {
    if (!/^[0-9a-f]{64}\.json$/.test(name)) continue;
    const bytes = await readFile(path.join(folder, name));
    if (bytes.includes('"landfall-package/')) return bytes;
  }
  throw new Error('no package is published');
}

/** What the page says of `content`. */
async function shown({ phone }: Begun, content: Buffer): Promise<string> {
  const main = phone.page().locator('main');
  await phone.page().locator('#verify-file').setInputFiles({
    name: 'shown',
    mimeType: 'application/octet-stream',
    buffer: content,
  });
  await main.locator('.banner--success, .banner--error, .banner--warning').first().waitFor();
  return main.innerText();
}

/** The same, with one byte changed somewhere in the middle of what it says. */
function spoilt(content: Buffer): Buffer {
  const changed = Buffer.from(content);
  const at = Math.floor(changed.length / 3);
  changed[at] = changed[at] === 0x41 ? 0x42 : 0x41;
  return changed;
}

/** What a text that chooses says in one case. */
function chosen(text: string, name: string): string {
  const found = new RegExp(`\\b${name} \\{([^}]*)\\}`).exec(text)?.[1];
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
}

async function openVerify(begun: Begun): Promise<Page> {
  const page = begun.phone.page();
  await page.goto(`${stack.url}/#/verify`);
  await begun.applicant.heading(begun.applicant.t('verify_title')).waitFor();
  return page;
}

test('each kind of document is recognised and genuine as it was made, and not when it was changed', async () => {
  const { bundle, receipt } = await submitted();
  const kinds = {
    receipt,
    bundle,
    checkpoint: await served('/api/v1/log/checkpoint'),
    index: await served('/api/v1/packages'),
    build: await readFile(path.join(required('LANDFALL_WEB'), 'build.jws')),
    package: await publishedForm(),
  };
  const stranger = await begin(stack.url, { atHome: true });
  const { applicant, phone } = stranger;
  const page = await openVerify(stranger);
  await page.locator('.development').waitFor();
  let checked = 0;

  for (const [kind, content] of Object.entries(kinds)) {
    const genuine = await shown(stranger, content);
    expect(genuine, kind).toContain(applicant.t('receipt_genuine'));
    expect(await page.locator('.steps__step--failed').count(), kind).toBe(0);
    expect(await page.locator('.steps__step--held').count(), kind).toBeGreaterThan(1);
    await snapshot(page, `verify-${kind}`);

    const wrong = await shown(stranger, spoilt(content));
    expect(wrong, kind).not.toContain(applicant.t('receipt_genuine'));
    expect(wrong, kind).toContain(applicant.t('problem_code'));
    await snapshot(page, `verify-${kind}-changed`);
    checked += 1;
  }
  expect(checked).toBe(6);

  await phone.offline(true);
  expect(await shown(stranger, kinds.checkpoint)).toContain(applicant.t('receipt_genuine'));
});

test('what is empty, cut short, foreign or wrongly encoded is refused with a reason of its own', async () => {
  const { bundle, receipt } = await submitted();
  const stranger = await begin(stack.url, { atHome: true });
  await openVerify(stranger);
  const foreign = {
    document_empty: Buffer.alloc(0),
    text_not_utf8: Buffer.from(receipt.toString(), 'utf16le'),
    tar_malformed: bundle.subarray(0, bundle.length - 700),
    receipt_malformed: receipt.subarray(0, receipt.length - 200),
    jws_malformed: Buffer.from('a photo, say'),
  };
  const reasons = new Set<string>();

  for (const [code, content] of Object.entries(foreign)) {
    const said = await shown(stranger, content);
    if (code !== 'receipt_malformed') expect(said, code).toContain(code);
    reasons.add(said.match(/problem code[:\s]+(\w+)/i)?.[1] ?? '');
  }
  expect(reasons.size).toBeGreaterThanOrEqual(4);
});

test('two heads of the record are compared, with a proof where there is a network and honestly without', async () => {
  const before = await served('/api/v1/log/checkpoint');
  const { receipt } = await submitted();
  const now = await served('/api/v1/log/checkpoint');
  const stranger = await begin(stack.url, { atHome: true });
  const { applicant, phone } = stranger;
  const page = await openVerify(stranger);
  const compare = async (content: Buffer): Promise<string> => {
    await page.locator('#compare-file').setInputFiles({
      name: 'second',
      mimeType: 'text/plain',
      buffer: content,
    });
    const banner = page.locator('section .banner');
    await banner.waitFor();
    return banner.innerText();
  };

  await shown(stranger, now);
  expect(await compare(before)).toContain(chosen(applicant.t('verify_relation'), 'grown'));
  await shown(stranger, receipt);
  await applicant.button('verify_compare_server').click();
  const banner = page.locator('section .banner--success');
  await banner.waitFor();
  expect(await banner.innerText()).toContain(chosen(applicant.t('verify_place'), 'held'));
  await snapshot(page, 'verify-compared');

  await phone.offline(true);
  await shown(stranger, now);
  expect(await compare(before)).toContain(chosen(applicant.t('verify_relation'), 'unproven'));
});

test('the notice of a test version stands on pages that were asked for by their address', async () => {
  let seen = 0;
  for (const address of ['hand-in', 'verify']) {
    const { phone } = await begin(stack.url, {
      atHome: true,
      before: async (page) => {
        await page.goto(`${stack.url}/#/${address}`);
        await page.locator('.development').waitFor();
        seen += 1;
      },
    });
    await phone.close();
  }
  expect(seen).toBe(2);
});

test('the page can be read in every look', async () => {
  const { receipt } = await submitted();
  for (const look of kLooks) {
    const stranger = await begin(stack.url, { ...look, atHome: true });
    const page = await openVerify(stranger);
    const name = `${look.catalog}-${look.colorScheme}-${String(look.viewport.width)}`;
    await shown(stranger, receipt);
    await snapshot(page, `verify-receipt-${name}`);
    await shown(stranger, spoilt(receipt));
    await snapshot(page, `verify-changed-${name}`);
    const widest = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(widest, name).toBeLessThanOrEqual(look.viewport.width);
    await stranger.phone.close();
  }
});
