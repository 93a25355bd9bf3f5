import { describe, expect, it, vi } from 'vitest';
import type { FileAnswer, PasskeyFacts } from '../../../web/src/engine/protocol';
import { chunkCount, databaseText, namesIn, sealedDraftNames } from '../support/database';
import { databaseVersion, kFormerDraft, makeFormerDatabase } from '../support/former-database';
import { answerOf, beginDraft, fillDraft, freshPhone } from '../support/journey';
import { eventually, openTab, problemOfCall } from '../support/phone';
import type { Phone, Tab } from '../support/phone';
import { kClear, kOffline } from '../support/server';

const kFileBytes = 70_000;
const kHour = 3_600_000;

/** Stands for what an authenticator answers: the same bytes for the same person, unknown to everybody else. */
function passkey(byte: number): PasskeyFacts & { readonly prf: Uint8Array<ArrayBuffer> } {
  return {
    credential_id: new Uint8Array(16).fill(byte),
    salt: new Uint8Array(32).fill(byte),
    prf: new Uint8Array(32).fill(byte),
  };
}

const kRight = { prf: passkey(1).prf };
const kWrong = { prf: passkey(9).prf };

async function meOf(tab: Tab): Promise<string> {
  const { me } = await tab.engine.boot();
  if (me === undefined) throw new Error('the vault is not open');
  return me.person;
}

/** A draft with a file, sealed into the outbox while there is no network. */
async function sealOne(phone: Phone, tab: Tab): Promise<string> {
  const draft_id = await beginDraft(tab);
  await fillDraft(tab, draft_id, kFileBytes);
  phone.server.weather = kOffline;
  const { submission_id } = await tab.engine.submit({ draft_id });
  phone.server.weather = kClear;
  return submission_id;
}

/** One person with a draft, who shows a passkey to unlock. */
async function withPasskey(): Promise<{ phone: Phone; tab: Tab; person: string; draft: string }> {
  const phone = await freshPhone();
  const tab = openTab(phone);
  const draft = await beginDraft(tab);
  await fillDraft(tab, draft);
  await tab.engine.flush();
  const next = { method: 'passkey', ...passkey(1) } as const;
  const { me } = await tab.engine.changeUnlocking({ current: null, next });
  if (me === undefined) throw new Error('the vault is not open');
  return { phone, tab, person: me.person, draft };
}

describe('two people on one phone', () => {
  it('each see only their own drafts, sealed items and receipts, and not how many the other has', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const firstDraft = await beginDraft(tab);
    await fillDraft(tab, firstDraft, kFileBytes);
    const firstItem = await sealOne(phone, tab);
    await eventually(async () =>
      (await tab.engine.listOutbox()).some(({ state }) => state.kind === 'received'),
    );
    const first = await meOf(tab);

    const { me } = await tab.engine.addPerson({ label: 'Somchai' });
    const shown = [
      await tab.engine.listDrafts(),
      await tab.engine.listOutbox(),
      await tab.engine.listReceipts(),
    ];
    const secondDraft = await beginDraft(tab);
    await tab.engine.flush();

    expect(me?.label).toBe('Somchai');
    expect(shown).toEqual([[], [], []]);
    expect(await problemOfCall(tab.engine.openDraft({ draft_id: firstDraft, locale: 'en' }))).toBe(
      'draft_missing',
    );
    expect(await problemOfCall(tab.engine.exportBundle({ submission_id: firstItem }))).toBe(
      'submission_unknown',
    );
    await tab.engine.unlockPerson({ person: first, shown: null });
    expect((await tab.engine.listDrafts()).map(({ draft_id }) => draft_id)).toEqual([firstDraft]);
    expect((await tab.engine.listReceipts()).map((one) => one.submission_id)).toEqual([firstItem]);
    expect(await problemOfCall(tab.engine.openDraft({ draft_id: secondDraft, locale: 'en' }))).toBe(
      'draft_missing',
    );
    tab.kill();
  });

  it('keep their files when the other one sweeps up', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const draft_id = await beginDraft(tab);
    await fillDraft(tab, draft_id, kFileBytes);
    await tab.engine.flush();
    const first = await meOf(tab);
    const chunks = await chunkCount(phone);
    await tab.engine.addPerson({ label: '' });
    const other = await beginDraft(tab);
    await fillDraft(tab, other, kFileBytes);

    await tab.engine.deleteDraft({ draft_id: other });
    await eventually(async () => (await chunkCount(phone)) === chunks);

    await tab.engine.unlockPerson({ person: first, shown: null });
    const { nodes } = await tab.engine.openDraft({ draft_id, locale: 'en' });
    const [file] = answerOf({ nodes }, 'documents/paper') as readonly FileAnswer[];
    const { size } = await tab.engine.readAttachment({ draft_id, sha256: file?.sha256 ?? '' });
    expect(chunks).toBeGreaterThan(0);
    expect(size).toBe(kFileBytes);
    tab.kill();
  });

  it('have their sealed items sent while locked, and each finds the own receipt', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const mine = await sealOne(phone, tab);
    const first = await meOf(tab);
    phone.server.weather = kOffline;
    await tab.engine.addPerson({ label: '' });
    const theirs = await sealOne(phone, tab);
    phone.server.weather = kOffline;
    const second = await meOf(tab);
    await tab.engine.lockVault();
    tab.events.length = 0;
    phone.server.weather = kClear;
    await tab.engine.network({ online: true });
    await eventually(() => phone.server.submissions.size === 2);
    await eventually(async () => (await namesIn(phone, 'receipts')).length === 2);

    const heard = tab.events.flatMap((event) => (event.event === 'outbox' ? event.items : []));
    const receiptsOf = async (person: string): Promise<string[]> => {
      await tab.engine.unlockPerson({ person, shown: null });
      return (await tab.engine.listReceipts()).map(({ submission_id }) => submission_id);
    };
    expect(heard).toEqual([]);
    expect(await receiptsOf(first)).toEqual([mine]);
    expect(await receiptsOf(second)).toEqual([theirs]);
    tab.kill();
  });

  it('leave this browser one by one: what is the other’s stays', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const draft_id = await beginDraft(tab);
    await fillDraft(tab, draft_id, kFileBytes);
    await tab.engine.flush();
    const first = await meOf(tab);
    const kept = [await namesIn(phone, 'drafts'), await namesIn(phone, 'files')];
    await tab.engine.addPerson({ label: 'B' });
    const other = await beginDraft(tab);
    await fillDraft(tab, other, kFileBytes);
    const late = tab.engine.setAnswer({ draft_id: other, path: 'person/q1', value: 'late' });

    const left = await tab.engine.leaveDevice();
    await late;

    expect(left.vault).toBe('locked');
    expect(left.me).toBeUndefined();
    expect([await namesIn(phone, 'drafts'), await namesIn(phone, 'files')]).toEqual(kept);
    expect((await tab.engine.listPeople()).map(({ person }) => person)).toEqual([first]);
    await tab.engine.unlockVault();
    expect((await tab.engine.listDrafts()).map((one) => one.draft_id)).toEqual([draft_id]);
    expect((await tab.engine.leaveDevice()).vault).toBe('none');
    tab.kill();
  });

  it('do not come back from a tab that did not hear that they left', async () => {
    const phone = await freshPhone();
    const deaf = openTab(phone);
    const draft_id = await beginDraft(deaf);
    await deaf.engine.flush();
    phone.channels.clear();
    const other = openTab(phone);
    await other.engine.leaveDevice();

    const typed = deaf.engine.setAnswer({ draft_id, path: 'person/q1', value: 'late' });
    const problem = await problemOfCall(deaf.engine.flush());
    await typed;

    expect(problem).toBe('vault_missing');
    expect(await namesIn(phone, 'keys')).toEqual([]);
    deaf.kill();
    other.kill();
  });

  it('are known in the database by random names, and what they call themselves is not readable there', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    await beginDraft(tab);
    await tab.engine.setPerson({ label: 'Zyxwvutsrqpon' });
    await tab.engine.flush();

    const text = await databaseText(phone);
    const names = [...(await namesIn(phone, 'keys')), ...(await sealedDraftNames(phone))];
    tab.kill();
    const { me } = await openTab(phone).engine.boot();

    expect(me?.label).toBe('Zyxwvutsrqpon');
    for (const encoding of ['utf8', 'base64', 'hex'] as const) {
      const marker = Buffer.from('Zyxwvutsrqpon').toString(encoding).replace(/=+$/, '');
      expect(text).not.toContain(marker);
    }
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) expect(name).toMatch(/^[\w-]{22}(\.[\w-]{22})?$/);
  });

  it('have one vault open at a time, in every tab', async () => {
    const phone = await freshPhone();
    const one = openTab(phone);
    const draft_id = await beginDraft(one);
    const first = await meOf(one);
    const typed = one.engine.setAnswer({ draft_id, path: 'person/q1', value: 'mine' });
    const two = openTab(phone);
    await two.engine.boot();

    await two.engine.addPerson({ label: 'B' });
    await typed;
    await eventually(() => one.events.some(({ event }) => event === 'vault'));

    expect(await meOf(one)).toBe(await meOf(two));
    expect(await one.engine.listDrafts()).toEqual([]);
    await one.engine.unlockPerson({ person: first, shown: null });
    const { nodes } = await one.engine.openDraft({ draft_id, locale: 'en' });
    expect(nodes.find(({ path }) => path === 'person/q1')?.value).toBe('mine');
    one.kill();
    two.kill();
  });
});

describe('the database of a build that knew one person', () => {
  it.each([false, true])('opens with everything in it (locked: %s)', async (locked) => {
    const phone = await freshPhone();
    const { looseChunk } = await makeFormerDatabase(phone, locked);
    const tab = openTab(phone);

    const { vault } = await tab.engine.boot();
    if (locked) await tab.engine.unlockVault();
    const drafts = await tab.engine.listDrafts();

    expect(vault).toBe(locked ? 'locked' : 'open');
    expect(drafts.map(({ draft_id }) => draft_id)).toEqual([kFormerDraft.draft_id]);
    expect((await namesIn(phone, 'keys'))[0]).toMatch(/^[\w-]{22}$/);
    expect(await namesIn(phone, 'files')).toEqual([looseChunk]);
    // Names without an owner stay that person's, also beside a second one.
    const first = await meOf(tab);
    await tab.engine.addPerson({ label: '' });
    expect(await tab.engine.listDrafts()).toEqual([]);
    await tab.engine.unlockPerson({ person: first, shown: null });
    expect((await tab.engine.listDrafts()).length).toBe(1);
    await tab.engine.leaveDevice();
    expect([await namesIn(phone, 'drafts'), await namesIn(phone, 'files')]).toEqual([[], []]);
    tab.kill();
  });

  it('stays as it was when bringing it up to date is interrupted', async () => {
    const phone = await freshPhone();
    await makeFormerDatabase(phone, false);
    const broken = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
      throw new DOMException('interrupted', 'DataError');
    });
    const tab = openTab(phone);
    const problem = await problemOfCall(tab.engine.boot());
    broken.mockRestore();

    expect(problem).not.toBe('none');
    expect(await databaseVersion(phone)).toBe(1);
    tab.kill();
    const again = openTab(phone);
    expect((await again.engine.boot()).vault).toBe('open');
    expect((await again.engine.listDrafts()).length).toBe(1);
    again.kill();
  });
});

describe('a vault that asks for something', () => {
  it('opens for what was set, in a browser that was started again, and for nothing else', async () => {
    const { phone, tab, person, draft } = await withPasskey();
    tab.kill();
    const again = openTab(phone);

    const { vault } = await again.engine.boot();
    const without = await problemOfCall(again.engine.unlockVault());
    const wrong = await problemOfCall(again.engine.unlockPerson({ person, shown: kWrong }));
    const right = await again.engine.unlockPerson({ person, shown: kRight });

    expect([vault, without, wrong]).toEqual(['locked', 'unlock_wrong', 'unlock_wrong']);
    expect(right.me?.method).toBe('passkey');
    expect((await again.engine.listDrafts()).map(({ draft_id }) => draft_id)).toEqual([draft]);
    again.kill();
  });

  it('makes whoever tries wrong wait, longer each time, and deletes nothing', async () => {
    const { phone, tab, person, draft } = await withPasskey();
    await tab.engine.lockVault();
    const tries = async (times: number): Promise<string[]> => {
      const found: string[] = [];
      for (let i = 0; i < times; i += 1) {
        found.push(await problemOfCall(tab.engine.unlockPerson({ person, shown: kWrong })));
      }
      return found;
    };

    const before = await tries(5);
    const [waiting] = await tab.engine.listPeople();
    const refused = await problemOfCall(tab.engine.unlockPerson({ person, shown: kRight }));
    phone.clockAhead = 31_000;
    const after = await tries(2);
    phone.clockAhead = 2 * kHour;
    const opened = await tab.engine.unlockPerson({ person, shown: kRight });
    const [reset] = await tab.engine.listPeople();

    expect(before).toEqual(Array(5).fill('unlock_wrong'));
    expect(waiting?.failed).toBe(5);
    expect(Date.parse(waiting?.wait_until ?? '') - Date.now()).toBeGreaterThan(20_000);
    expect(refused).toBe('unlock_wait');
    expect(after).toEqual(['unlock_wrong', 'unlock_wait']);
    expect(opened.vault).toBe('open');
    expect(reset).toMatchObject({ failed: 0, wait_until: null });
    expect((await tab.engine.listDrafts()).map(({ draft_id }) => draft_id)).toEqual([draft]);
    tab.kill();
  });

  it('counts a try that the page did not live to hear of, and waits over a restart and a clock set back', async () => {
    const { phone, tab, person } = await withPasskey();
    await tab.engine.lockVault();
    for (let i = 0; i < 4; i += 1) {
      await problemOfCall(tab.engine.unlockPerson({ person, shown: kWrong }));
    }
    void tab.engine.unlockPerson({ person, shown: kWrong }).catch(() => undefined);
    await eventually(async () => (await tab.engine.listPeople())[0]?.failed === 5);
    tab.kill();

    phone.clockAhead = -24 * kHour;
    const again = openTab(phone);
    const refused = await problemOfCall(again.engine.unlockPerson({ person, shown: kRight }));
    phone.clockAhead = -24 * kHour + 31_000;
    const opened = await again.engine.unlockPerson({ person, shown: kRight });

    expect(refused).toBe('unlock_wait');
    expect(opened.vault).toBe('open');
    again.kill();
  });

  it('is open in a second tab without being asked again, and closed once no tab has it open', async () => {
    const { phone, tab, draft } = await withPasskey();
    const second = openTab(phone);
    await eventually(async () => (await second.engine.boot()).vault === 'open');
    tab.kill();

    expect((await second.engine.listDrafts()).map(({ draft_id }) => draft_id)).toEqual([draft]);
    second.kill();
    const third = openTab(phone);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await third.engine.boot()).vault).toBe('locked');
    third.kill();
  });

  it('locks itself in every tab at the time that was chosen in one', async () => {
    const { phone, tab } = await withPasskey();
    const second = openTab(phone);
    await eventually(async () => (await second.engine.boot()).vault === 'open');
    second.events.length = 0;

    await tab.engine.setPerson({ label: 'Mei', lock_after_ms: 60_000 });
    await eventually(() => second.events.some(({ event }) => event === 'vault'));

    expect((await second.engine.boot()).me).toMatchObject({ label: 'Mei', lock_after_ms: 60_000 });
    tab.kill();
    second.kill();
  });

  it('locks in every tab at once, with what was typed a moment before', async () => {
    const { phone, tab, person, draft } = await withPasskey();
    const second = openTab(phone);
    await eventually(async () => (await second.engine.boot()).vault === 'open');
    await tab.engine.openDraft({ draft_id: draft, locale: 'en' });
    await tab.engine.setAnswer({ draft_id: draft, path: 'person/q1', value: 'just now' });

    await second.engine.lockVault();
    await eventually(() =>
      tab.events.some((event) => event.event === 'vault' && event.vault === 'locked'),
    );

    expect(await problemOfCall(tab.engine.listDrafts())).toBe('vault_locked');
    await tab.engine.unlockPerson({ person, shown: kRight });
    const { nodes } = await tab.engine.openDraft({ draft_id: draft, locale: 'en' });
    expect(nodes.find(({ path }) => path === 'person/q1')?.value).toBe('just now');
    tab.kill();
    second.kill();
  });

  it('is changed whole or not at all when the tab is killed at any moment of it', async () => {
    let reached = 0;
    for (const afterMs of [0, 1, 2, 4, 8, 16, 32]) {
      const { phone, tab, person, draft } = await withPasskey();
      const next = { method: 'passkey', ...passkey(2) } as const;
      void tab.engine.changeUnlocking({ current: kRight, next }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      tab.kill();
      const again = openTab(phone);
      await again.engine.boot();
      const former = await problemOfCall(again.engine.unlockPerson({ person, shown: kRight }));
      if (former !== 'none') {
        await again.engine.unlockPerson({ person, shown: { prf: passkey(2).prf } });
      }
      expect((await again.engine.listDrafts()).map(({ draft_id }) => draft_id)).toEqual([draft]);
      again.kill();
      reached += 1;
    }
    expect(reached).toBe(7);
  });

  it('is changed only by whoever shows what it asks for now; removing it leaves the browser’s key', async () => {
    const { phone, tab } = await withPasskey();
    const next = { method: 'device' } as const;

    const wrong = await problemOfCall(tab.engine.changeUnlocking({ current: kWrong, next }));
    const stillAsked = (await tab.engine.boot()).me?.method;
    const { me } = await tab.engine.changeUnlocking({ current: kRight, next });
    tab.kill();

    expect([wrong, stillAsked, me?.method]).toEqual(['unlock_wrong', 'passkey', 'device']);
    const again = openTab(phone);
    expect((await again.engine.boot()).vault).toBe('open');
    again.kill();
  });

  it('keeps two tabs from changing it over each other', async () => {
    const { phone, tab, person } = await withPasskey();
    const second = openTab(phone);
    await eventually(async () => (await second.engine.boot()).vault === 'open');
    const to = (byte: number) => ({ method: 'passkey', ...passkey(byte) }) as const;

    const outcomes = await Promise.all([
      problemOfCall(tab.engine.changeUnlocking({ current: kRight, next: to(2) })),
      problemOfCall(second.engine.changeUnlocking({ current: kRight, next: to(3) })),
    ]);
    tab.kill();
    second.kill();
    const again = openTab(phone);
    await again.engine.boot();
    const winner = outcomes[0] === 'none' ? 2 : 3;

    expect(outcomes.filter((one) => one === 'none').length).toBe(1);
    const opened = await again.engine.unlockPerson({
      person,
      shown: { prf: passkey(winner).prf },
    });
    expect(opened.vault).toBe('open');
    again.kill();
  });
});
