import { describe, expect, it } from 'vitest';
import { kStranger, signIndex } from '../support/agency';
import { testPackage } from '../support/form';
import { beginDraft, freshPhone } from '../support/journey';
import { eventually, openTab, problemOfCall } from '../support/phone';
import type { Phone } from '../support/phone';
import { kClear, kOffline } from '../support/server';

const kThree = ['test-form', 'second', 'third'];

async function phoneOfThreeForms(): Promise<Phone> {
  const phone = await freshPhone();
  phone.server.packages = kThree.map((form_id) => testPackage('1', [], form_id));
  return phone;
}

describe('form packages', () => {
  it('are there without a network after the first visit, with their texts', async () => {
    const phone = await freshPhone();
    const first = openTab(phone);
    await first.engine.boot();
    expect(await first.engine.listForms({ locale: 'en' })).toMatchObject([
      { form_id: 'test-form', title: 'Title (en)', offline: true },
    ]);
    first.kill();
    phone.server.weather = kOffline;

    const second = openTab(phone);

    expect((await second.engine.boot()).index).toBe('fresh');
    expect(await second.engine.listForms({ locale: 'en' })).toMatchObject([
      { form_id: 'test-form', title: 'Title (en)', offline: true },
    ]);
    second.kill();
  });

  it('are fetched on the first visit as far as they are wanted: the index and one form', async () => {
    const phone = await phoneOfThreeForms();
    const tab = openTab(phone);
    await tab.engine.boot();

    await tab.engine.network({ online: true });
    const here = async (): Promise<string> => {
      const forms = await tab.engine.listForms({ locale: 'en' });
      return forms.map(({ form_id, offline }) => `${form_id} ${String(offline)}`).join();
    };
    const wanted = 'test-form true,second false,third false';
    await eventually(async () => (await here()) === wanted);

    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await here()).toBe(wanted);
    expect(phone.server.seen.filter((line) => line === 'GET /api/v1/packages')).toHaveLength(1);
    // The index, the form, its texts in English: nothing else, and nothing twice.
    expect(phone.server.seen).toHaveLength(3);
    tab.kill();
  });

  it('come one after the other once they are asked for, and each is told', async () => {
    const phone = await phoneOfThreeForms();
    const tab = openTab(phone);
    await tab.engine.boot();
    await tab.engine.listForms({ locale: 'en' });
    const before = tab.events.filter(({ event }) => event === 'forms').length;

    await tab.engine.keepForms({ locale: 'en' });

    const forms = await tab.engine.listForms({ locale: 'en' });
    expect(forms.map(({ offline }) => offline)).toEqual([true, true, true]);
    expect(tab.events.filter(({ event }) => event === 'forms').length - before).toBe(2);
    tab.kill();
  });

  it('that this phone has had are brought up to date, and no others', async () => {
    const phone = await phoneOfThreeForms();
    const first = openTab(phone);
    await first.engine.boot();
    await first.engine.listForms({ locale: 'en' });
    await first.engine.createVault();
    await first.engine.startDraft({ form_id: 'third', locale: 'en' });
    first.kill();
    phone.server.packages = kThree.map((form_id) => testPackage('2', [], form_id));
    phone.server.serial = 2;

    const second = openTab(phone);
    await second.engine.boot();
    const stand = async (): Promise<string> =>
      (await second.engine.listForms({ locale: 'en' }))
        .map(({ version, offline }) => `${version} ${String(offline)}`)
        .join();
    await eventually(async () => (await stand()) === '2 true,2 false,2 true');

    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await stand()).toBe('2 true,2 false,2 true');
    second.kill();
  });

  it('go on being fetched for one who waits when another gave up', async () => {
    const phone = await phoneOfThreeForms();
    const tab = openTab(phone);
    await tab.engine.boot();
    await tab.engine.listForms({ locale: 'en' });
    await tab.engine.createVault();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    phone.server.weather = async (request) => {
      await released;
      return phone.server.answer(request);
    };
    const asked = phone.server.seen.length;
    const left = new AbortController();

    const keeping = problemOfCall(tab.engine.keepForms({ locale: 'en' }, left.signal));
    const starting = tab.engine.startDraft({ form_id: 'second', locale: 'en' });
    await eventually(() => phone.server.seen.length > asked);
    left.abort();
    expect(await keeping).toBe('cancelled');
    release();

    expect((await starting).description.form_id).toBe('second');
    const twice = phone.server.seen.filter((line, at, all) => all.indexOf(line) !== at);
    expect(twice).toEqual([]);
    tab.kill();
  });

  it('speak a language that lies on the phone where the wanted one does not', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    await tab.engine.boot();
    await tab.engine.listForms({ locale: 'zh-Hant' });
    phone.server.weather = kOffline;

    expect(await tab.engine.listForms({ locale: 'th' })).toMatchObject([
      { title: 'Title (zh-Hant)' },
    ]);
    tab.kill();
  });

  it('are not taken from an index that somebody else signed', async () => {
    const phone = await freshPhone();
    const { packages, caseOffice } = phone.server;
    const forged = signIndex({ serial: 99, packages, caseOffice }, kStranger);
    phone.server.weather = () => Promise.resolve(new Response(forged));
    const tab = openTab(phone);
    await tab.engine.boot();

    expect(await problemOfCall(tab.engine.listForms({ locale: 'en' }))).toBe('index_not_genuine');

    expect((await tab.engine.boot()).index).toBe('missing');
    tab.kill();
  });

  it('are not taken from an older index than the one the phone has seen', async () => {
    const phone = await freshPhone();
    phone.server.serial = 5;
    const first = openTab(phone);
    await first.engine.boot();
    await first.engine.listForms({ locale: 'en' });
    first.kill();
    phone.server.serial = 4;
    phone.server.packages = [];

    const second = openTab(phone);
    await second.engine.boot();
    await second.engine.listForms({ locale: 'en' });
    await eventually(
      () => phone.server.seen.filter((l) => l === 'GET /api/v1/packages').length > 1,
    );

    expect(await second.engine.listForms({ locale: 'en' })).toHaveLength(1);
    second.kill();
  });

  it('are not used when their bytes are not the ones that were signed', async () => {
    const phone = await freshPhone();
    const [published] = phone.server.packages;
    const other = testPackage('2');
    phone.server.weather = (request) =>
      request.url.endsWith(published?.digest ?? '')
        ? Promise.resolve(new Response(other.bytes))
        : null;
    const tab = openTab(phone);
    await tab.engine.boot();

    expect(await problemOfCall(tab.engine.listForms({ locale: 'en' }))).toBe(
      'package_digest_differs',
    );
    tab.kill();
  });

  it('warn when their index has expired, and lock nobody out', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    await beginDraft(tab);
    tab.kill();
    phone.clockAhead = 80 * 365 * 86_400_000;
    phone.server.weather = kOffline;

    const later = openTab(phone);

    expect((await later.engine.boot()).index).toBe('expired');
    const opened = await later.engine.startDraft({
      form_id: 'test-form',
      locale: 'en',
    });
    expect(opened.nodes.length).toBeGreaterThan(0);
    later.kill();
  });

  it('pains 19: keep the version that a draft was begun with when a newer one is published', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const draft_id = await beginDraft(tab);
    await tab.engine.closeDraft({ draft_id });
    phone.server.packages = [testPackage('2')];
    phone.server.serial = 2;
    phone.clockAhead = 3_600_000;
    await eventually(
      async () => (await tab.engine.listForms({ locale: 'en' }))[0]?.version === '2',
    );
    phone.server.weather = kOffline;

    const opened = await tab.engine.openDraft({ draft_id, locale: 'en' });

    expect(opened.description.version).toBe('1');
    tab.kill();
  });

  it('are not fetched from a sign-in page, and are as soon as the network is the real one', async () => {
    const phone = await freshPhone();
    phone.server.weather = () =>
      Promise.resolve(new Response('<html>', { headers: { 'content-type': 'text/html' } }));
    const tab = openTab(phone);
    await tab.engine.boot();

    expect(await problemOfCall(tab.engine.listForms({ locale: 'en' }))).toBe('captive_portal');
    phone.server.weather = kClear;

    expect(await tab.engine.listForms({ locale: 'en' })).toHaveLength(1);
    tab.kill();
  });

  it('are refused by a build that was made without a root key', async () => {
    const phone = await freshPhone();
    phone.rootKey = '';
    const tab = openTab(phone);

    expect(await tab.engine.boot()).toMatchObject({
      root_kid: '',
      development: true,
      index: 'missing',
    });
    expect(await problemOfCall(tab.engine.listForms({ locale: 'en' }))).toBe('root_key_missing');
    tab.kill();
  });
});
