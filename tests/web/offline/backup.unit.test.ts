import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../support/agency';
import { testPdf } from '../support/form';
import { answerOf, beginDraft, fillDraft, freshPhone } from '../support/journey';
import { newPhone, openTab, problemOfCall } from '../support/phone';
import type { Phone, Tab } from '../support/phone';
import { kOffline } from '../support/server';

/** A phone with a draft, a file of `fileBytes`, a recovery code, and its copy on the server. */
async function backedUp(fileBytes = 0): Promise<{
  readonly phone: Phone;
  readonly tab: Tab;
  readonly draft_id: string;
  readonly code: string;
}> {
  const phone = await freshPhone();
  const tab = openTab(phone);
  const draft_id = await beginDraft(tab);
  await fillDraft(tab, draft_id, fileBytes);
  await tab.engine.flush();
  const { code } = await tab.engine.makeRecovery();
  await tab.engine.backUpNow();
  return { phone, tab, draft_id, code };
}

/** Another phone that restored from `code`. */
async function restored(phone: Phone, code: string): Promise<Tab> {
  const tab = openTab(newPhone(phone.server));
  await tab.engine.boot();
  await tab.engine.restore({ code });
  return tab;
}

async function nameIn(tab: Tab, draft_id: string): Promise<unknown> {
  const opened = await tab.engine.openDraft({ draft_id, locale: 'en' });
  const name = answerOf(opened, 'person/name');
  await tab.engine.closeDraft({ draft_id });
  return name;
}

async function rename(tab: Tab, draft_id: string, value: string): Promise<void> {
  await tab.engine.openDraft({ draft_id, locale: 'en' });
  await tab.engine.setAnswer({ draft_id, path: 'person/name', value });
  await tab.engine.flush();
  await tab.engine.closeDraft({ draft_id });
}

function vaultNames(phone: Phone): string[] {
  return [...phone.server.vaults].filter(([, held]) => held !== null).map(([name]) => name);
}

/** The vault of the copy itself: what is put last. */
function copyOf(phone: Phone): string {
  const puts = phone.server.seen.filter((line) => line.startsWith('PUT'));
  return puts.at(-1)?.split('/').at(-1) ?? '';
}

/** The vaults of packs, by how much they hold: that of the forms, that of the files. */
function packsOf(phone: Phone): string[] {
  const copy = copyOf(phone);
  return vaultNames(phone)
    .filter((name) => name !== copy)
    .sort((a, b) => sizeOf(phone, a) - sizeOf(phone, b));
}

function sizeOf(phone: Phone, name: string): number {
  return phone.server.vaults.get(name)?.sealed.length ?? 0;
}

describe('a backup', () => {
  it('brings draft and file to another phone by the recovery code alone', async () => {
    const { phone, tab, draft_id, code } = await backedUp(700_000);
    tab.kill();

    const there = openTab(newPhone(phone.server));
    await there.engine.boot();
    const brought = await there.engine.restore({ code: code.toLowerCase().replaceAll('-', ' ') });

    expect(brought).toEqual({
      drafts: 1,
      items: 0,
      receipts: 0,
      files: 1,
      rivals: 0,
      lost_files: 0,
    });
    expect(await nameIn(there, draft_id)).toBe('Tan Mei-Ling');
    await there.engine.openDraft({ draft_id, locale: 'en' });
    const bytes = new Uint8Array(await testPdf(700_000).arrayBuffer());
    const shown = await there.engine.readAttachment({ draft_id, sha256: sha256Hex(bytes) });
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(bytes);
    there.kill();
  });

  it('brings what waits to be sent and what was received', async () => {
    const { phone, tab, draft_id, code } = await backedUp(40_000);
    await tab.engine.submit({ draft_id });
    await waitFor(async () => (await tab.engine.listReceipts()).length === 1);
    const second = await beginDraft(tab);
    await fillDraft(tab, second, 30_000);
    phone.server.weather = (request, toServer) =>
      /\/(vaults|packages)/.test(new URL(request.url).pathname)
        ? toServer()
        : kOffline(request, toServer);
    await tab.engine.submit({ draft_id: second });
    await tab.engine.backUpNow();
    tab.kill();

    const there = await restored(phone, code);

    const items = await there.engine.listOutbox();
    // The other one is sealed, or has been tried already: there is no network for it.
    expect(items.map(({ state }) => state.kind === 'received').sort()).toEqual([false, true]);
    const [receipt] = await there.engine.listReceipts();
    expect(receipt?.genuine).toBe(true);
    phone.server.weather = () => null;
    await there.engine.network({ online: true });
    await waitFor(async () => (await there.engine.listReceipts()).length === 2);
    there.kill();
  });

  it('sends an attached file once, however often the answers change', async () => {
    const { phone, tab, draft_id } = await backedUp(200_000);
    const before = vaultNames(phone);
    await rename(tab, draft_id, 'Lin');
    phone.server.seen.length = 0;

    await tab.engine.backUpNow();

    expect(vaultNames(phone)).toEqual(before);
    // The copy, a pack of files, a pack of forms.
    expect(before).toHaveLength(3);
    const puts = phone.server.seen.filter((line) => line.startsWith('PUT'));
    expect(puts).toHaveLength(1);
    tab.kill();
  });

  it('sends nothing while nothing changed, and asks in one request whether it still lies there', async () => {
    const { phone, tab } = await backedUp();
    const copy = copyOf(phone);
    phone.server.seen.length = 0;

    await tab.engine.backUpNow();

    const lines = phone.server.seen.filter((line) => line.includes('/vaults/'));
    expect(lines).toEqual([`GET /api/v1/vaults/${copy}`]);
    const state = await tab.engine.backup();
    expect(state).toMatchObject({ kind: 'on', waiting: false, reason: null, left_out: 0 });
    tab.kill();
  });

  it('keeps nothing readable on the server', async () => {
    const { phone, tab } = await backedUp(30_000);

    for (const held of phone.server.vaults.values()) {
      const text = held?.sealed.toString('latin1') ?? '';
      expect(text.startsWith('age-encryption.org/v1')).toBe(true);
      expect(text).not.toContain('Tan Mei-Ling');
    }
    tab.kill();
  });

  it('brings the form too, should the server have it no longer', async () => {
    const { phone, tab, draft_id, code } = await backedUp();
    tab.kill();
    const other = newPhone(phone.server);
    const there = openTab(other);
    await there.engine.boot();
    phone.server.packages = [];

    await there.engine.restore({ code });

    expect(await nameIn(there, draft_id)).toBe('Tan Mei-Ling');
    there.kill();
  });

  it('brings what there is when the server lost the files, and says how many', async () => {
    const { phone, tab, draft_id, code } = await backedUp(300_000);
    tab.kill();
    phone.server.vaults.set(packsOf(phone).at(-1) ?? '', null);
    const there = openTab(newPhone(phone.server));
    await there.engine.boot();

    const brought = await there.engine.restore({ code });

    expect(brought).toMatchObject({ drafts: 1, files: 0, lost_files: 1 });
    expect(await nameIn(there, draft_id)).toBe('Tan Mei-Ling');
    there.kill();
  });

  it('brings the rest at a second try, when the network broke off in the middle', async () => {
    const { phone, tab, draft_id, code } = await backedUp(300_000);
    tab.kill();
    const copy = copyOf(phone);
    phone.server.weather = (request, toServer) => {
      const { pathname } = new URL(request.url);
      const isPack = pathname.includes('/vaults/') && !pathname.endsWith(copy);
      return isPack ? kOffline(request, toServer) : null;
    };
    const there = openTab(newPhone(phone.server));
    await there.engine.boot();

    expect(await problemOfCall(there.engine.restore({ code }))).toBe('server_unreachable');
    phone.server.weather = () => null;
    const brought = await there.engine.restore({ code });

    expect(brought).toMatchObject({ drafts: 1, files: 1, lost_files: 0 });
    expect(await nameIn(there, draft_id)).toBe('Tan Mei-Ling');
    there.kill();
  });

  it('is asked for again before its time runs out, files and forms without being sent', async () => {
    const { phone, tab } = await backedUp(300_000);
    phone.clockAhead = 250 * 24 * 3_600_000;
    const packs = packsOf(phone);
    phone.server.seen.length = 0;

    await tab.engine.backUpNow();

    const lines = phone.server.seen.filter((line) => line.includes('/vaults/'));
    expect(lines.filter((line) => line.startsWith('PUT'))).toHaveLength(1);
    for (const name of packs) expect(lines).toContain(`GET /api/v1/vaults/${name}`);
    expect(packsOf(phone)).toEqual(packs);
    tab.kill();
  });

  it('takes a deleted draft out of the copy at once, by itself', async () => {
    const { phone, tab, draft_id, code } = await backedUp(30_000);
    await tab.engine.closeDraft({ draft_id });

    await tab.engine.deleteDraft({ draft_id });
    await waitFor(() => Promise.resolve(vaultNames(phone).length === 1));

    const there = openTab(newPhone(phone.server));
    await there.engine.boot();
    expect(await there.engine.restore({ code })).toMatchObject({ drafts: 0, files: 0 });
    tab.kill();
    there.kill();
  });

  it('tells a wrong code from none, and names the group', async () => {
    const { phone, tab, code } = await backedUp();
    tab.kill();
    const there = openTab(newPhone(phone.server));
    await there.engine.boot();
    const mistyped = code.replace(/^./, code.startsWith('X') ? 'Y' : 'X');

    const wrong = await there.engine.restore({ code: mistyped }).catch((cause: unknown) => cause);
    const unknown = problemOfCall(
      there.engine.restore({ code: '000G-40R4-0M30-E209-185G-R38E-FK' }),
    );

    expect(wrong).toMatchObject({ code: 'recovery_code_wrong', offset: 1 });
    expect(await unknown).toBe('backup_missing');
    expect((await there.engine.boot()).vault).toBe('none');
    there.kill();
  });

  it('is not believed when the server put together something of its own', async () => {
    const { phone, tab, code } = await backedUp();
    const other = await backedUp();
    tab.kill();
    other.tab.kill();
    const stolen = other.phone.server.vaults.get(copyOf(other.phone)) ?? null;
    phone.server.vaults.set(copyOf(phone), stolen);
    const there = openTab(newPhone(phone.server));
    await there.engine.boot();

    expect(await problemOfCall(there.engine.restore({ code }))).toBe('backup_not_genuine');
    expect((await there.engine.boot()).vault).toBe('none');
    there.kill();
  });
});

describe('two phones with one vault', () => {
  it('see what the other one did when they are opened', async () => {
    const { phone, tab, draft_id, code } = await backedUp();
    await tab.engine.closeDraft({ draft_id });
    const there = await restored(phone, code);
    await rename(there, draft_id, 'Changed there');
    await there.engine.backUpNow();
    tab.kill();

    const again = openTab(phone);
    await again.engine.boot();
    await waitFor(() => Promise.resolve(again.events.some(({ event }) => event === 'backup')));

    expect(await nameIn(again, draft_id)).toBe('Changed there');
    expect(await again.engine.listDrafts()).toHaveLength(1);
    again.kill();
    there.kill();
  });

  it('take over what the other one did while nothing was done here', async () => {
    const { phone, tab, draft_id, code } = await backedUp();
    await tab.engine.closeDraft({ draft_id });
    const there = await restored(phone, code);
    await rename(there, draft_id, 'Changed there');
    await there.engine.backUpNow();

    await rename(tab, await beginDraft(tab), 'Another');
    await tab.engine.backUpNow();

    expect(await nameIn(tab, draft_id)).toBe('Changed there');
    expect(await tab.engine.listDrafts()).toHaveLength(2);
    tab.kill();
    there.kill();
  });

  it('keep both versions of a draft that both changed, and agree on them', async () => {
    const { phone, tab, draft_id, code } = await backedUp();
    await tab.engine.closeDraft({ draft_id });
    const there = await restored(phone, code);
    await rename(tab, draft_id, 'Changed here');
    await rename(there, draft_id, 'Changed there');

    await tab.engine.backUpNow();
    await there.engine.backUpNow();
    await rename(tab, await beginDraft(tab), 'So that there is something to do');
    await tab.engine.backUpNow();

    for (const one of [tab, there]) {
      const drafts = await one.engine.listDrafts();
      const both = drafts.filter((d) => d.draft_id === draft_id || d.rival_of === draft_id);
      const names = await Promise.all(both.map((d) => nameIn(one, d.draft_id)));
      expect(names.sort()).toEqual(['Changed here', 'Changed there']);
      expect(both.filter((d) => d.rival_of === draft_id)).toHaveLength(1);
    }
    tab.kill();
    there.kill();
  });

  it('keep apart what the other one changed in a draft that is being typed into', async () => {
    const { phone, tab, draft_id, code } = await backedUp();
    const there = await restored(phone, code);
    await rename(there, draft_id, 'Changed there');
    await there.engine.backUpNow();

    await tab.engine.openDraft({ draft_id, locale: 'en' });
    const other = await beginDraft(tab);
    await tab.engine.closeDraft({ draft_id: other });
    await tab.engine.backUpNow();

    expect(await nameIn(tab, draft_id)).toBe('Tan Mei-Ling');
    const rival = (await tab.engine.listDrafts()).find((d) => d.rival_of === draft_id);
    expect(await nameIn(tab, rival?.draft_id ?? '')).toBe('Changed there');
    await tab.engine.deleteDraft({ draft_id });
    const left = await tab.engine.listDrafts();
    expect(left.filter((d) => d.rival_of !== undefined)).toEqual([]);
    expect(left.map((d) => d.draft_id)).toContain(rival?.draft_id);
    tab.kill();
    there.kill();
  });

  it('lose nothing that is typed while what the other one did is on its way', async () => {
    const { phone, tab, draft_id, code } = await backedUp();
    const deleted = await beginDraft(tab);
    await tab.engine.closeDraft({ draft_id: deleted });
    await tab.engine.closeDraft({ draft_id });
    await tab.engine.backUpNow();
    const there = await restored(phone, code);
    await there.engine.openDraft({ draft_id, locale: 'en' });
    await fillDraft(there, draft_id, 40_000);
    await there.engine.closeDraft({ draft_id });
    await rename(there, draft_id, 'Changed there');
    await there.engine.deleteDraft({ draft_id: deleted });
    await there.engine.backUpNow();
    const files = packsOf(phone).at(-1) ?? '';
    let typed = false;
    phone.server.weather = (request, toServer) => {
      if (typed || !request.url.endsWith(files)) return null;
      typed = true;
      // The draft is opened, changed and closed again before the file is here.
      const type = async (): Promise<Response> => {
        await rename(tab, draft_id, 'Changed here');
        await rename(tab, deleted, 'Kept here');
        return toServer();
      };
      return type();
    };

    const first = await problemOfCall(tab.engine.backUpNow());
    await tab.engine.backUpNow();

    expect([typed, first]).toEqual([true, 'draft_open_elsewhere']);
    expect(await nameIn(tab, draft_id)).toBe('Changed here');
    expect(await nameIn(tab, deleted)).toBe('Kept here');
    const rival = (await tab.engine.listDrafts()).find((d) => d.rival_of === draft_id);
    expect(await nameIn(tab, rival?.draft_id ?? '')).toBe('Changed there');
    tab.kill();
    there.kill();
  });

  it('both forget a draft that one of them deleted', async () => {
    const { phone, tab, draft_id, code } = await backedUp(30_000);
    await tab.engine.closeDraft({ draft_id });
    const there = await restored(phone, code);
    await there.engine.backUpNow();
    await tab.engine.deleteDraft({ draft_id });
    await tab.engine.backUpNow();

    await beginDraft(there);
    await there.engine.backUpNow();

    expect((await there.engine.listDrafts()).map((d) => d.draft_id)).not.toContain(draft_id);
    expect(vaultNames(phone)).toHaveLength(1);
    tab.kill();
    there.kill();
  });
});

describe('a recovery code', () => {
  it('that was lost is replaced: the former one opens nothing any more', async () => {
    const { phone, tab, draft_id, code } = await backedUp(30_000);

    const next = await tab.engine.replaceRecovery();

    expect(next.code).not.toBe(code);
    expect(vaultNames(phone)).toHaveLength(3);
    const there = openTab(newPhone(phone.server));
    await there.engine.boot();
    expect(await problemOfCall(there.engine.restore({ code }))).toBe('backup_missing');
    await there.engine.restore({ code: next.code });
    expect(await nameIn(there, draft_id)).toBe('Tan Mei-Ling');
    tab.kill();
    there.kill();
  });

  it('stays as it was when there is no network to replace it', async () => {
    const { phone, tab, code } = await backedUp();
    phone.server.weather = kOffline;

    expect(await problemOfCall(tab.engine.replaceRecovery())).toBe('server_unreachable');

    expect((await tab.engine.recoverySheet()).code).toBe(code);
    tab.kill();
  });

  it('is forgotten with the copy, and another phone is told that it is gone', async () => {
    const { phone, tab, code } = await backedUp(30_000);
    const there = await restored(phone, code);
    await there.engine.backUpNow();

    await tab.engine.deleteBackup();

    expect(vaultNames(phone)).toEqual([]);
    expect(await tab.engine.backup()).toEqual({ kind: 'none' });
    expect(await problemOfCall(tab.engine.recoverySheet())).toBe('recovery_missing');
    await beginDraft(there);
    expect(await problemOfCall(there.engine.backUpNow())).toBe('backup_missing');
    expect(vaultNames(phone)).toEqual([]);
    tab.kill();
    there.kill();
  });

  it('is one person’s: another on the same phone has none', async () => {
    const { tab } = await backedUp();

    await tab.engine.addPerson({ label: 'Somebody else' });

    expect(await tab.engine.backup()).toEqual({ kind: 'none' });
    tab.kill();
  });
});

async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it never came');
}
