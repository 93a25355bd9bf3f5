import { kSendAfterMs } from '../../../web/src/forms/draft-session';
import { kSaveAfterMs } from '../../../web/src/engine/worker/session';
import { describe, expect, it, vi } from 'vitest';
import { kQuestions } from '../support/form';
import {
  clearSiteData,
  databaseText,
  sealedDraftNames,
  spoilNewestDraft,
} from '../support/database';
import { answerOf, beginDraft, fillDraft, freshPhone } from '../support/journey';
import { eventually, openTab, problemOfCall } from '../support/phone';

const kPromisedMs = 1_000;

describe('drafts', () => {
  it('pains 1: lose nothing when the tab is killed after any of forty questions', async () => {
    const phone = await freshPhone();
    const first = openTab(phone);
    const draft_id = await beginDraft(first);
    await first.engine.flush();
    first.kill();

    let reached = 0;
    for (let i = 1; i <= kQuestions; i += 1) {
      const tab = openTab(phone);
      const opened = await tab.engine.openDraft({ draft_id, locale: 'en' });
      for (let j = 1; j < i; j += 1) {
        expect(answerOf(opened, `person/q${String(j)}`)).toBe(`answer ${String(j)}`);
      }
      await tab.engine.setAnswer({
        draft_id,
        path: `person/q${String(i)}`,
        value: `answer ${String(i)}`,
      });
      await eventually(() => tab.events.some(({ event }) => event === 'saved'));
      tab.kill();
      reached += 1;
    }

    expect(reached).toBe(kQuestions);
  }, 60_000);

  it('are sealed within a second of the last key, without being asked', async () => {
    const tab = openTab(await freshPhone());
    const draft_id = await beginDraft(tab);
    await tab.engine.flush();
    const before = tab.events.filter(({ event }) => event === 'saved').length;

    await tab.engine.setAnswer({ draft_id, path: 'person/name', value: 'Wu' });
    await eventually(() => tab.events.filter(({ event }) => event === 'saved').length > before);

    // The page's wait and the worker's; how fast this machine is proves nothing about the promise.
    expect(kSendAfterMs + kSaveAfterMs).toBeLessThan(kPromisedMs);
    tab.kill();
  });

  it('pains 2: are not written by being restored', async () => {
    const phone = await freshPhone();
    const first = openTab(phone);
    const draft_id = await beginDraft(first);
    await fillDraft(first, draft_id);
    await first.engine.flush();
    first.kill();
    const before = await sealedDraftNames(phone);

    const second = openTab(phone);
    await second.engine.openDraft({ draft_id, locale: 'en' });
    await new Promise((resolve) => setTimeout(resolve, kPromisedMs));
    await second.engine.flush();
    await second.engine.closeDraft({ draft_id });

    expect(await sealedDraftNames(phone)).toEqual(before);
    expect(before.length).toBeGreaterThan(0);
    second.kill();
  });

  it('fall back to the generation before when the newest record is damaged', async () => {
    const phone = await freshPhone();
    const first = openTab(phone);
    const draft_id = await beginDraft(first);
    await first.engine.setAnswer({ draft_id, path: 'person/q1', value: 'old' });
    await first.engine.flush();
    const old = await sealedDraftNames(phone);
    await first.engine.setAnswer({ draft_id, path: 'person/q1', value: 'new' });
    await first.engine.flush();
    first.kill();
    await spoilNewestDraft(phone, old);

    const second = openTab(phone);
    const opened = await second.engine.openDraft({ draft_id, locale: 'en' });

    expect(answerOf(opened, 'person/q1')).toBe('old');
    second.kill();
  });

  it('keep the answers to questions that another answer hides', async () => {
    const phone = await freshPhone();
    const first = openTab(phone);
    const draft_id = await beginDraft(first);
    await first.engine.setAnswer({
      draft_id,
      path: 'person/married',
      value: 'yes',
    });
    await first.engine.setAnswer({
      draft_id,
      path: 'person/spouse',
      value: 'Lim',
    });
    await first.engine.setAnswer({
      draft_id,
      path: 'person/married',
      value: 'no',
    });
    await first.engine.flush();
    first.kill();

    const second = openTab(phone);
    await second.engine.openDraft({ draft_id, locale: 'en' });
    await second.engine.setAnswer({
      draft_id,
      path: 'person/married',
      value: 'yes',
    });

    const opened = await second.engine.openDraft({ draft_id, locale: 'en' });
    expect(answerOf(opened, 'person/spouse')).toBe('Lim');
    second.kill();
  });

  it('belong to one tab at a time, and the other is told', async () => {
    const phone = await freshPhone();
    const first = openTab(phone);
    const draft_id = await beginDraft(first);
    await first.engine.flush();
    const second = openTab(phone);

    const problem = await problemOfCall(second.engine.openDraft({ draft_id, locale: 'en' }));
    await first.engine.closeDraft({ draft_id });
    const opened = await second.engine.openDraft({ draft_id, locale: 'en' });

    expect(problem).toBe('draft_open_elsewhere');
    expect(opened.draft_id).toBe(draft_id);
    first.kill();
    second.kill();
  });

  it('stay open for somebody who leaves and is back before they are closed', async () => {
    const tab = openTab(await freshPhone());
    const draft_id = await beginDraft(tab);
    await tab.engine.setAnswer({ draft_id, path: 'person/name', value: 'Wu' });

    const closing = tab.engine.closeDraft({ draft_id });
    await tab.engine.openDraft({ draft_id, locale: 'en' });
    await closing;
    await tab.engine.setAnswer({ draft_id, path: 'person/name', value: 'Wuu' });

    const { nodes } = await tab.engine.openDraft({ draft_id, locale: 'en' });
    expect(nodes.find(({ path }) => path === 'person/name')?.value).toBe('Wuu');
    tab.kill();
  });

  it('survive a full storage: it is told, and the answer is saved once there is room', async () => {
    const tab = openTab(await freshPhone());
    const draft_id = await beginDraft(tab);
    await tab.engine.flush();
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });

    await tab.engine.setAnswer({ draft_id, path: 'person/name', value: 'Wu' });
    await eventually(() => tab.events.some(({ event }) => event === 'save-failed'));
    const told = tab.events.find((event) => event.event === 'save-failed');
    full.mockRestore();
    await tab.engine.flush();

    expect(told?.reason).toBe('storage_full');
    await tab.engine.closeDraft({ draft_id });
    const opened = await tab.engine.openDraft({ draft_id, locale: 'en' });
    expect(answerOf(opened, 'person/name')).toBe('Wu');
    tab.kill();
  });

  it('are saved by themselves after a save that was asked for at once has failed', async () => {
    const tab = openTab(await freshPhone());
    const draft_id = await beginDraft(tab);
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    const typed = tab.engine.setAnswer({ draft_id, path: 'person/name', value: 'Wu' });

    const problem = await problemOfCall(tab.engine.flush());
    full.mockRestore();
    await typed;
    const before = tab.events.filter(({ event }) => event === 'saved').length;
    await eventually(() => tab.events.filter(({ event }) => event === 'saved').length > before);

    expect(problem).toBe('storage_full');
    tab.kill();
  });

  it('show nothing of what was typed to whoever reads the database', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const draft_id = await beginDraft(tab);
    const marker = 'Zyxwvutsrqpon';
    await tab.engine.setAnswer({
      draft_id,
      path: 'person/name',
      value: marker,
    });
    await tab.engine.flush();

    const text = await databaseText(phone);

    expect(text).toContain('wrapping_key');
    for (const encoding of ['utf8', 'utf16le', 'base64', 'hex'] as const) {
      expect(text).not.toContain(Buffer.from(marker).toString(encoding).replace(/=+$/, ''));
    }
    tab.kill();
  });

  it('are neither shown nor opened while the vault is locked, in any tab', async () => {
    const phone = await freshPhone();
    const first = openTab(phone);
    const draft_id = await beginDraft(first);
    await fillDraft(first, draft_id);
    await first.engine.flush();
    const second = openTab(phone);
    await second.engine.boot();

    await first.engine.lockVault();
    await eventually(() => second.events.some(({ event }) => event === 'vault'));

    expect(await problemOfCall(second.engine.listDrafts())).toBe('vault_locked');
    expect(await problemOfCall(first.engine.openDraft({ draft_id, locale: 'en' }))).toBe(
      'vault_locked',
    );
    expect((await first.engine.unlockVault()).vault).toBe('open');
    const opened = await first.engine.openDraft({ draft_id, locale: 'en' });
    expect(answerOf(opened, 'person/name')).toBe('Tan Mei-Ling');
    first.kill();
    second.kill();
  });

  it('stay locked when the browser is started again', async () => {
    const phone = await freshPhone();
    const first = openTab(phone);
    await beginDraft(first);
    await first.engine.lockVault();
    first.kill();

    const second = openTab(phone);

    expect((await second.engine.boot()).vault).toBe('locked');
    second.kill();
  });

  it('are gone after the vault was wiped', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const draft_id = await beginDraft(tab);
    await fillDraft(tab, draft_id);
    await tab.engine.flush();

    expect((await tab.engine.wipe()).vault).toBe('none');

    expect(await sealedDraftNames(phone)).toEqual([]);
    expect(await problemOfCall(tab.engine.listDrafts())).toBe('vault_missing');
    tab.kill();
  });

  it('can be opened again after the browser cleared everything under an open page', async () => {
    const phone = await freshPhone();
    const first = openTab(phone);
    const draft_id = await beginDraft(first);
    await fillDraft(first, draft_id);
    await first.engine.flush();

    await clearSiteData(phone);
    await first.engine.setAnswer({ draft_id, path: 'person/q1', value: 'after' });
    await first.engine.flush();
    first.kill();

    const second = openTab(phone);
    expect((await second.engine.boot()).vault).toBe('open');
    await second.engine.listForms({ locale: 'en' });
    const opened = await second.engine.openDraft({ draft_id, locale: 'en' });
    expect(answerOf(opened, 'person/q1')).toBe('after');
    expect(answerOf(opened, 'person/name')).toBe('Tan Mei-Ling');
    second.kill();
  });

  it('do not come back, nor do their keys, from a tab that did not hear of the wiping', async () => {
    const phone = await freshPhone();
    const deaf = openTab(phone);
    const draft_id = await beginDraft(deaf);
    const [hear] = phone.channels;
    phone.channels.clear();
    const other = openTab(phone);
    await other.engine.wipe();

    const typed = deaf.engine.setAnswer({ draft_id, path: 'person/q1', value: 'late' });
    const problem = await problemOfCall(deaf.engine.flush());
    await typed;

    expect(hear).toBeDefined();
    expect(problem).toBe('vault_missing');
    expect(await sealedDraftNames(phone)).toEqual([]);
    expect((await other.engine.boot()).vault).toBe('none');
    // Nor under the keys of whoever uses this browser next.
    await other.engine.createVault();
    expect(await problemOfCall(deaf.engine.flush())).toBe('vault_missing');
    deaf.kill();
    other.kill();
  });

  it('can be deleted, also while open', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const draft_id = await beginDraft(tab);
    await fillDraft(tab, draft_id);

    await tab.engine.deleteDraft({ draft_id });

    expect(await tab.engine.listDrafts()).toEqual([]);
    tab.kill();
  });
});
