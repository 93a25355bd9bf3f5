/** After the log was restored from a copy: the phone follows its links and sends again what was lost, nothing else. */
import { expect, it } from 'vitest';
import type { Receipt } from '../../../web/src/engine/protocol';
import { leafOf } from '../support/receipt-log';
import { beginDraft, fillDraft, freshPhone } from '../support/journey';
import { eventually, newPhone, openTab } from '../support/phone';
import type { Phone, Tab } from '../support/phone';
import { linkOf, newLog, restored } from '../support/restored-log';
import type { TestLog } from '../support/restored-log';
import { kOffline } from '../support/server';
import { emptyStore } from '../support/database';

const kFormer = 'landfall.test/log';
const kNew = 'landfall.test/log-2';

interface Story {
  readonly phone: Phone;
  readonly former: TestLog;
  readonly ids: readonly string[];
  tab: Tab;
}

async function send(tab: Tab, fileBytes = 0): Promise<string> {
  const draft_id = await beginDraft(tab);
  await fillDraft(tab, draft_id, fileBytes);
  const { submission_id } = await tab.engine.submit({ draft_id });
  return submission_id;
}

async function receiptOf(tab: Tab, id: string): Promise<Receipt | undefined> {
  return (await tab.engine.listReceipts()).find(({ submission_id }) => submission_id === id);
}

const looks = (tab: Tab): number => tab.events.filter(({ event }) => event === 'log').length;

/** A phone that has `count` receipts and has looked at the log since. */
async function received(count: number, inBatches = false): Promise<Story> {
  const phone = await freshPhone();
  const former = { ...newLog(kFormer), inBatches };
  phone.server.log = former;
  const tab = openTab(phone);
  const ids: string[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    const id = await send(tab, 40_000);
    ids.push(id);
    await eventually(async () => (await receiptOf(tab, id)) !== undefined);
  }
  const before = looks(tab);
  await eventually(() => looks(tab) > before);
  return { phone, former, ids, tab };
}

/** The server's data folder as it was when there were `kept` entries, under the new name. */
function restore({ phone: { server }, former, ids }: Story, kept: number): TestLog {
  server.log = restored(former, kNew, kept);
  server.serial += 1;
  for (const id of ids.slice(kept)) server.submissions.delete(id);
  server.parts.clear();
  server.uploads.clear();
  server.seen.length = 0;
  return server.log;
}

/** The next time the person opens the portal. */
async function nextVisit(story: Story): Promise<Tab> {
  story.tab.kill();
  story.phone.clockAhead += 3_600_000;
  story.tab = openTab(story.phone);
  await story.tab.engine.boot();
  await story.tab.engine.listForms({ locale: 'en' });
  await eventually(() => looks(story.tab) > 0);
  return story.tab;
}

const posts = ({ phone }: Story): readonly string[] =>
  phone.server.seen.filter((line) => line === 'POST /api/v1/submissions');

it.concurrent(
  'sends the lost one again by itself, with both receipts kept, and not the other',
  async () => {
    const story = await received(2);
    const [held = '', lost = ''] = story.ids;
    const before = await receiptOf(story.tab, lost);
    const log = restore(story, 1);

    const tab = await nextVisit(story);
    await eventually(async () => (await receiptOf(tab, lost))?.reoffer === 'done');

    const receipt = await receiptOf(tab, lost);
    expect(receipt?.genuine).toBe(true);
    expect([...log.receipts.values()]).toContain(receipt?.jws);
    expect(receipt?.earlier?.map(({ jws, genuine }) => [jws, genuine])).toEqual([
      [before?.jws, true],
    ]);
    expect(await receiptOf(tab, held)).not.toHaveProperty('reoffer');
    expect(log.leaves).toHaveLength(2);
    expect(await tab.engine.logAlarms()).toEqual([]);
    const sent = posts(story).length;
    expect(sent).toBeGreaterThan(0);

    const compare = (jws = ''): Promise<unknown> =>
      tab.engine.compareLogs({ first: new Blob([jws]), second: null });
    expect(await compare((await receiptOf(tab, held))?.jws)).toMatchObject({
      relation: 'grown',
      place: 'held',
    });
    expect(await compare(before?.jws)).toMatchObject({ relation: 'other_log', place: 'other_log' });

    const later = await nextVisit(story);
    expect(posts(story)).toHaveLength(sent);
    expect((await receiptOf(later, lost))?.reoffer).toBe('done');
    const items = await later.engine.listOutbox();
    expect(items.map(({ state }) => state.kind)).toEqual(['received', 'received']);
    expect(items.find(({ submission_id }) => submission_id === lost)?.state).toMatchObject({
      received_at: receipt?.received_at,
    });
    later.kill();
  },
);

it.concurrent(
  'catches up after two restores, and sends what waited since before them',
  async () => {
    const story = await received(2);
    const [held = '', lost = ''] = story.ids;
    story.phone.server.weather = kOffline;
    const waiting = await send(story.tab);
    const middle = restored(story.former, 'landfall.test/log-1', 1);
    restore(story, 1);
    story.phone.server.log = restored(middle, kNew, 1);
    story.phone.server.weather = () => null;

    const tab = await nextVisit(story);
    await tab.engine.retryNow({ submission_id: waiting });
    await eventually(async () => (await receiptOf(tab, lost))?.reoffer === 'done');
    await eventually(async () => (await receiptOf(tab, waiting)) !== undefined);

    expect((await receiptOf(tab, waiting))?.genuine).toBe(true);
    expect(await receiptOf(tab, held)).not.toHaveProperty('reoffer');
    expect(await tab.engine.logAlarms()).toEqual([]);
    tab.kill();
  },
);

it.concurrent(
  'says so when the sealed parts are gone, and keeps the draft to be sent anew',
  async () => {
    const story = await received(1);
    const [lost = ''] = story.ids;
    restore(story, 0);
    story.tab.kill();
    await emptyStore(story.phone, 'files');

    const tab = await nextVisit(story);
    await eventually(async () => (await receiptOf(tab, lost))?.reoffer === 'gone');

    expect(posts(story)).toEqual([]);
    const [item] = await tab.engine.listOutbox();
    expect(item?.state).toEqual({ kind: 'refused', reason: 'file_missing' });
    await tab.engine.reopen({ submission_id: lost });
    expect(await tab.engine.listDrafts()).toHaveLength(1);
    expect(await receiptOf(tab, lost)).toMatchObject({
      genuine: true,
      reoffer: 'gone',
    });
    tab.kill();
  },
);

it.concurrent(
  'raises an alarm for a second link that says something else, and sends nothing',
  async () => {
    const story = await received(2);
    const log = restore(story, 2);
    const first = await nextVisit(story);
    expect(await first.engine.logAlarms()).toEqual([]);

    const [kept] = log.links;
    log.links = [linkOf(story.former, kNew, 1)];
    log.leaves = log.leaves.slice(0, 1);
    const tab = await nextVisit(story);

    expect(await tab.engine.logAlarms()).toMatchObject([{ kept, found: log.links[0] }]);
    expect(posts(story)).toEqual([]);
    tab.kill();
  },
);

it.concurrent(
  'raises an alarm for a restored log that does not hold what its link says',
  async () => {
    const story = await received(2);
    const log = restore(story, 2);
    log.leaves = [leafOf('another'), ...log.leaves.slice(1)];

    const tab = await nextVisit(story);

    expect(await tab.engine.logAlarms()).not.toEqual([]);
    expect(posts(story)).toEqual([]);
    tab.kill();
  },
);

it.concurrent(
  'sends nothing to a log that no link leads to, and takes it for no alarm',
  async () => {
    const story = await received(1);
    const log = restore(story, 0);
    log.links = [];

    const tab = await nextVisit(story);

    expect(await tab.engine.logAlarms()).toEqual([]);
    expect(posts(story)).toEqual([]);
    expect(await receiptOf(tab, story.ids[0] ?? '')).not.toHaveProperty('reoffer');
    tab.kill();
  },
);

it.concurrent('learns from the copy that another phone of the person sent it again', async () => {
  const story = await received(1);
  const [id = ''] = story.ids;
  const { code } = await story.tab.engine.makeRecovery();
  await story.tab.engine.backUpNow();
  const phone = newPhone(story.phone.server);
  const other: Story = { ...story, phone, tab: openTab(phone) };
  await other.tab.engine.boot();
  await other.tab.engine.restore({ code });
  restore(story, 0);

  // The other one has the receipt without the sealed parts.
  const poorer = await nextVisit(other);
  await eventually(async () => (await receiptOf(poorer, id))?.reoffer === 'gone');
  const tab = await nextVisit(story);
  await eventually(async () => (await receiptOf(tab, id))?.reoffer === 'done');
  await tab.engine.backUpNow();
  await poorer.engine.backUpNow();
  const later = await nextVisit(other);

  await eventually(async () => (await receiptOf(later, id))?.reoffer === 'done');
  const receipt = await receiptOf(later, id);
  expect(receipt?.jws).toBe((await receiptOf(tab, id))?.jws);
  expect(receipt?.earlier).toHaveLength(1);
  expect(await later.engine.listOutbox()).toMatchObject([{ state: { kind: 'received' } }]);
  tab.kill();
  later.kill();
});

it.concurrent.each([
  ['takes a receipt whose entry was kept, but not its neighbour, for held', false],
  ['raises an alarm when something else stands in its place', true],
])('%s', async (_name, isForged) => {
  const story = await received(1, true);
  const log = restore(story, 1);
  if (isForged) log.leaves = [leafOf('another')];

  const tab = await nextVisit(story);

  const proofs = story.phone.server.seen.filter((line) => line === 'GET /api/v1/log/proof/0');
  expect(proofs).toHaveLength(isForged ? 2 : 1);
  expect(await tab.engine.logAlarms()).toHaveLength(isForged ? 1 : 0);
  expect(posts(story)).toEqual([]);
  tab.kill();
});
