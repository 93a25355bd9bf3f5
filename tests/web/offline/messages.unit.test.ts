/** What the case office says: believed only when signed, never taken back by an older word. */
import { expect, it } from 'vitest';
import type { Receipt } from '../../../web/src/engine/protocol';
import { kDeskKey, kStranger, sha256Hex, signMessage } from '../support/agency';
import { beginDraft, fillDraft, freshPhone } from '../support/journey';
import { eventually, openTab, problemOfCall } from '../support/phone';
import type { Phone, Tab } from '../support/phone';
import { kOffline, readManifest } from '../support/server';

interface Received {
  readonly phone: Phone;
  readonly tab: Tab;
  readonly submission_id: string;
  readonly digest: string;
}

/** A phone whose one application was received. */
async function received(): Promise<Received> {
  const phone = await freshPhone();
  const tab = openTab(phone);
  const draft_id = await beginDraft(tab);
  await fillDraft(tab, draft_id, 30_000);
  const { submission_id } = await tab.engine.submit({ draft_id });
  await eventually(async () => (await tab.engine.listOutbox())[0]?.state.kind === 'received');
  const manifest = phone.server.submissions.get(submission_id)?.manifest ?? '';
  return { phone, tab, submission_id, digest: sha256Hex(manifest) };
}

const asked = ({ phone }: Received): number =>
  phone.server.seen.filter((line) => line.endsWith('/messages')).length;

/** An hour later the network comes back: the phone asks. */
async function ask(all: Received, messages: readonly string[]): Promise<Receipt> {
  all.phone.server.messages = messages;
  all.phone.clockAhead += 3_600_000;
  const before = asked(all);
  await all.tab.engine.network({ online: true });
  await eventually(() => asked(all) > before);
  // What was asked is answered and kept a moment later.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const [receipt] = await all.tab.engine.listReceipts();
  if (receipt === undefined) throw new Error('the receipt is gone');
  return receipt;
}

/** The files of the phone's database, as many as there are. */
async function chunks({ phone }: Received): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(phone.databaseName);
    opening.onerror = () => reject(new Error('no database'));
    opening.onsuccess = () => {
      const counting = opening.result.transaction('files').objectStore('files').count();
      counting.onsuccess = () => {
        opening.result.close();
        resolve(counting.result);
      };
    };
  });
}

it.concurrent('keeps the sealed parts until the case office says that it opened them', async () => {
  const all = await received();
  const before = await chunks(all);

  expect((await ask(all, [])).told).toBeNull();
  expect(await chunks(all)).toBe(before);
  const { told } = await ask(all, [signMessage(all.digest, 1, 'opened')]);

  expect(told).toMatchObject({ says: 'opened', counter: 1, issued: '2026-11-22T08:00:00Z' });
  await eventually(async () => (await chunks(all)) < before);
  all.tab.kill();
});

it.concurrent(
  'believes no message that is forged, about another, older, or strange',
  async () => {
    const all = await received();
    const { digest } = all;
    const forged = [
      ['by a stranger', signMessage(digest, 9, 'opened', { by: kStranger, root: kStranger })],
      ['by a receipt key', signMessage(digest, 9, 'opened', { role: 'receipt' })],
      ['about another', signMessage(sha256Hex('another'), 9, 'opened')],
      ['of a kind that is not', signMessage(digest, 9, 'decided')],
      ['changed', signMessage(digest, 9, 'opened').replace(/.$/, (c) => (c === 'A' ? 'B' : 'A'))],
      ['no message', 'hello'],
    ] as const;
    let tried = 0;
    for (const [what, message] of forged) {
      expect((await ask(all, [message])).told, what).toBeNull();
      tried += 1;
    }
    expect(tried).toBe(6);

    const second = await ask(all, [
      signMessage(digest, 1, 'opened'),
      signMessage(digest, 2, 'unreadable'),
      forged[0][1],
    ]);
    expect(second.told).toMatchObject({ says: 'unreadable', counter: 2 });
    const again = await ask(all, [signMessage(digest, 1, 'opened')]);
    expect(again.told).toMatchObject({ says: 'unreadable', counter: 2 });
    all.tab.kill();
  },
  60_000,
);

it.concurrent('believes no desk whose key the agency has withdrawn', async () => {
  const all = await received();
  all.phone.server.revoked = [kDeskKey.kid];
  all.phone.server.serial += 1;
  const fetched = (): number =>
    all.phone.server.seen.filter((line) => line === 'GET /api/v1/packages').length;
  const before = fetched();
  await ask(all, []);
  await eventually(() => fetched() > before);

  expect((await ask(all, [signMessage(all.digest, 1, 'opened')])).told).toBeNull();
  all.tab.kill();
});

it.concurrent(
  'what cannot be read is sealed again from the draft, and names what it replaces',
  async () => {
    const all = await received();
    const { tab, phone, submission_id } = all;
    expect(await problemOfCall(tab.engine.reopen({ submission_id }))).toBe(
      'submission_not_refused',
    );
    await ask(all, [signMessage(all.digest, 1, 'unreadable')]);

    const draft = await tab.engine.reopen({ submission_id });
    expect((await tab.engine.listReceipts()).map(({ replaced }) => replaced)).toEqual([true]);
    const again = await tab.engine.submit({ draft_id: draft.draft_id });
    expect(again.submission_id).not.toBe(submission_id);
    await eventually(async () => (await tab.engine.listReceipts()).length === 2);

    const manifest = phone.server.submissions.get(again.submission_id)?.manifest ?? '';
    expect(readManifest(manifest)).toMatchObject({ supersedes: all.digest });
    const ids = (await tab.engine.listReceipts()).map((receipt) => receipt.submission_id);
    expect(new Set(ids)).toEqual(new Set([submission_id, again.submission_id]));
    tab.kill();
  },
);

it.concurrent('the last word counts, also after it was opened', async () => {
  const all = await received();
  const opened = signMessage(all.digest, 1, 'opened');
  await ask(all, [opened]);

  const { told } = await ask(all, [opened, signMessage(all.digest, 2, 'unreadable')]);

  expect(told).toMatchObject({ says: 'unreadable', counter: 2 });
  all.tab.kill();
});

it.concurrent('what was said stays, with no network and after the app was closed', async () => {
  const all = await received();
  await ask(all, [signMessage(all.digest, 1, 'opened')]);
  all.tab.kill();
  all.phone.server.weather = kOffline;

  const tab = openTab(all.phone);
  await tab.engine.boot();
  expect(await tab.engine.listReceipts()).toMatchObject([
    { genuine: true, told: { says: 'opened', counter: 1 } },
  ]);
  tab.kill();
});
