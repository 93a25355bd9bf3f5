/** The agency replaces its root key; phones with the build of before, and new builds, go on. */

import { describe, expect, it } from 'vitest';
import { kRoot, signCertificate, signingKey } from '../support/agency';
import type { SigningKey } from '../support/agency';
import { beginDraft, fillDraft, freshPhone } from '../support/journey';
import { eventually, openTab } from '../support/phone';
import type { Phone, Tab } from '../support/phone';
import { kClear, kOffline } from '../support/server';

const kNext = signingKey(21);
const kThief = signingKey(22);
const kEver = '1970-01-01T00:00:00Z';

/** `from` hands over to `to`, which says until when the other one counts. */
function handover(
  from: SigningKey,
  to: SigningKey,
  until = '2099-01-01T00:00:00Z',
): readonly string[] {
  return [
    signCertificate(from, to, 'agency', '2025-01-01T00:00:00Z', '2045-01-01T00:00:00Z'),
    signCertificate(to, from, 'former', kEver, until),
  ];
}

function rotate(phone: Phone, certificates = handover(kRoot, kNext)): void {
  phone.server.root = kNext;
  phone.server.certificates = certificates;
  phone.server.serial += 1;
}

/** Brings the index; the state of what the phone has afterwards. */
async function refreshed(tab: Tab): Promise<string> {
  await tab.engine.boot();
  await tab.engine.network({ online: true }).catch(() => undefined);
  await tab.engine.listForms({ locale: 'en' }).catch(() => undefined);
  return (await tab.engine.boot()).index;
}

async function sentFrom(tab: Tab): Promise<string> {
  const draft_id = await beginDraft(tab);
  await fillDraft(tab, draft_id);
  const { submission_id } = await tab.engine.submit({ draft_id });
  return submission_id;
}

async function isReceived(tab: Tab, submission_id: string): Promise<void> {
  await eventually(async () => {
    const items = await tab.engine.listOutbox();
    return items.find((item) => item.submission_id === submission_id)?.state.kind === 'received';
  });
}

const genuine = async (tab: Tab): Promise<readonly boolean[]> =>
  (await tab.engine.listReceipts()).map((receipt) => receipt.genuine);

describe('a new root key', () => {
  it('locks out no phone with the build of before: draft, queue and receipts go on', async () => {
    const phone = await freshPhone();
    const first = openTab(phone);
    const sent = await sentFrom(first);
    await isReceived(first, sent);
    const begun = await beginDraft(first);
    await fillDraft(first, begun);
    phone.server.weather = kOffline;
    const queued = await sentFrom(first);
    rotate(phone);
    phone.server.weather = kClear;

    await refreshed(first);
    await isReceived(first, queued);
    const { submission_id } = await first.engine.submit({ draft_id: begun });
    await isReceived(first, submission_id);

    expect(await genuine(first)).toEqual([true, true, true]);
    first.kill();
    // And with no network at the next start.
    phone.server.weather = kOffline;
    const second = openTab(phone);
    // What sheets print is the new key, and what sheets of before have printed is told as well.
    expect(await second.engine.boot()).toMatchObject({
      index: 'fresh',
      root_kid: kNext.kid,
      former_root_kids: [kRoot.kid],
    });
    expect(await genuine(second)).toEqual([true, true, true]);
    second.kill();
  });

  it('is learned from the receipt it stands behind, when no index was asked for since', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const queued = await sentFrom(tab);
    rotate(phone);

    await isReceived(tab, queued);

    expect(await genuine(tab)).toEqual([true]);
    tab.kill();
  });

  it('is asked for only where the server says so or its own does not hold', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    await refreshed(tab);
    const asked = (): number =>
      phone.server.seen.filter((line) => line.endsWith('/packages/certificates')).length;

    expect(asked()).toBe(0);
    tab.kill();
    rotate(phone);
    const second = openTab(phone);
    expect(await refreshed(second)).toBe('fresh');
    expect(asked()).toBe(1);
    second.kill();
  });

  it('in the build, receipts and forms by the one before are still believed, also without a network', async () => {
    const phone = await freshPhone();
    const old = openTab(phone);
    const sent = await sentFrom(old);
    await isReceived(old, sent);
    const draft_id = await beginDraft(old);
    await fillDraft(old, draft_id);
    await old.engine.closeDraft({ draft_id });
    old.kill();
    phone.server.weather = kOffline;

    phone.rootKey = kNext.public;
    phone.rootCertificates = handover(kRoot, kNext);
    const fresh = openTab(phone);
    expect((await fresh.engine.boot()).index).toBe('fresh');
    expect(await genuine(fresh)).toEqual([true]);
    const opened = await fresh.engine.openDraft({ draft_id, locale: 'en' });
    expect(opened.draft_id).toBe(draft_id);
    rotate(phone);
    phone.server.weather = kClear;
    const { submission_id } = await fresh.engine.submit({ draft_id });
    await isReceived(fresh, submission_id);
    fresh.kill();
  });

  it('in the build, a receipt by the one before counts to the day it was replaced and no longer', async () => {
    const phone = await freshPhone();
    const old = openTab(phone);
    await isReceived(old, await sentFrom(old));
    old.kill();
    phone.rootKey = kNext.public;
    rotate(phone, handover(kRoot, kNext, '2026-11-21T06:59:59Z'));

    const fresh = openTab(phone);
    await refreshed(fresh);

    expect(await genuine(fresh)).toEqual([false]);
    fresh.kill();
  });

  it('once seen, makes the old one publish nothing any more, whatever the serial', async () => {
    const phone = await freshPhone();
    rotate(phone);
    const tab = openTab(phone);
    expect(await refreshed(tab)).toBe('fresh');
    tab.kill();

    for (const [root, certificates] of [
      [kRoot, handover(kRoot, kNext)],
      [kRoot, []],
      // The old root, stolen, names another successor.
      [kThief, handover(kRoot, kThief)],
      [kThief, [...handover(kRoot, kNext), ...handover(kRoot, kThief)]],
    ] as const) {
      phone.server.root = root;
      phone.server.certificates = certificates;
      phone.server.serial = 1000;
      phone.server.packages = [];
      const again = openTab(phone);
      await refreshed(again);
      expect((await again.engine.listForms({ locale: 'en' })).map((form) => form.form_id)).toEqual([
        'test-form',
      ]);
      again.kill();
    }
  });

  it('revokes the old one, and then nothing that it signed counts', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    await isReceived(tab, await sentFrom(tab));
    rotate(phone);
    phone.server.revoked = [kRoot.kid];
    tab.kill();

    const second = openTab(phone);
    await refreshed(second);

    // The index that lies here is fresh too; the one that revokes comes behind it.
    await eventually(async () => (await genuine(second)).every((is) => !is));
    expect(await genuine(second)).toEqual([false]);
    second.kill();
  });

  it('is not one by the certificate of a receipt key', async () => {
    const phone = await freshPhone();
    const role = (name: string): string =>
      signCertificate(kRoot, kNext, name, '2025-01-01T00:00:00Z', '2045-01-01T00:00:00Z');
    rotate(phone, [role('receipt'), role('desk')]);
    const tab = openTab(phone);

    expect(await refreshed(tab)).toBe('missing');
    tab.kill();
  });
});
