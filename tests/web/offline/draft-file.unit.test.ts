import { describe, expect, it } from 'vitest';
import { chunkCount } from '../support/database';
import { sha256Hex } from '../support/agency';
import { testPdf } from '../support/form';
import { answerOf, beginDraft, fillDraft, freshPhone } from '../support/journey';
import { newPhone, openTab, problemOfCall } from '../support/phone';
import { kOffline } from '../support/server';

describe('a draft file', () => {
  it('brings draft, files, form and texts to another phone that has no network', async () => {
    const phone = await freshPhone();
    const here = openTab(phone);
    const draft_id = await beginDraft(here);
    await fillDraft(here, draft_id, 700_000);
    const { file, code } = await here.engine.exportDraft({ draft_id });
    phone.server.weather = kOffline;
    const there = openTab(newPhone(phone.server));
    await there.engine.boot();
    await there.engine.createVault();

    const summary = await there.engine.importDraft({
      file,
      code: code.toLowerCase(),
      locale: 'en',
    });
    const opened = await there.engine.openDraft({
      draft_id: summary.draft_id,
      locale: 'en',
    });

    expect(answerOf(opened, 'person/name')).toBe('Tan Mei-Ling');
    const bytes = new Uint8Array(await testPdf(700_000).arrayBuffer());
    const shown = await there.engine.readAttachment({
      draft_id: summary.draft_id,
      sha256: sha256Hex(bytes),
    });
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(bytes);
    here.kill();
    there.kill();
  });

  it('does not open with another code, and leaves nothing behind', async () => {
    const phone = await freshPhone();
    const here = openTab(phone);
    const draft_id = await beginDraft(here);
    await fillDraft(here, draft_id, 30_000);
    const { file } = await here.engine.exportDraft({ draft_id });
    const other = newPhone(phone.server);
    const there = openTab(other);
    await there.engine.boot();
    await there.engine.createVault();

    const call = there.engine.importDraft({
      file,
      code: '0000-0000-0000',
      locale: 'en',
    });

    expect(await problemOfCall(call)).toBe('draft_file_unreadable');
    expect(await there.engine.listDrafts()).toEqual([]);
    expect(await chunkCount(other)).toBe(0);
    here.kill();
    there.kill();
  });

  it('is refused when a byte of it was changed or its end is missing', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const draft_id = await beginDraft(tab);
    await fillDraft(tab, draft_id, 200_000);
    const { file, code } = await tab.engine.exportDraft({ draft_id });
    const chunks = await chunkCount(phone);
    const bytes = new Uint8Array(await file.arrayBuffer());
    bytes[150_000] = (bytes[150_000] ?? 0) ^ 1;

    for (const damaged of [new Blob([bytes]), file.slice(0, file.size - 100), new Blob([])]) {
      const call = tab.engine.importDraft({
        file: damaged,
        code,
        locale: 'en',
      });
      expect(await problemOfCall(call)).toBe('draft_file_unreadable');
    }

    expect(await chunkCount(phone)).toBe(chunks);
    expect(await tab.engine.listDrafts()).toHaveLength(1);
    tab.kill();
  });
});
