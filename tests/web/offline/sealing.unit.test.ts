import { describe, expect, it, vi } from 'vitest';
import { readTar, readEntry } from '../../../web/src/offline/tar';
import type { FileAnswer } from '../../../web/src/engine/protocol';
import { readPieces } from '../../../web/src/offline/sealed-files';
import { sha256Hex } from '../support/agency';
import { chunkCount } from '../support/database';
import { testPdf } from '../support/form';
import { answerOf, beginDraft, fillDraft, freshPhone } from '../support/journey';
import { eventually, freshCore, openTab, problemOfCall } from '../support/phone';
import { kOffline } from '../support/server';

interface SealedAnswers {
  readonly submission_id: string;
  readonly kid: string;
  readonly answers: { readonly person: { readonly name: string } };
  readonly attachments: readonly {
    readonly slot: string;
    readonly size: number;
    readonly sha256: string;
    readonly sealed_sha256: string;
  }[];
}

interface Manifest {
  readonly submission_id: string;
  readonly aud: string;
  readonly age_recipient: string;
  readonly fee_code: string;
  readonly verdict: string;
  readonly parts: readonly {
    readonly role: string;
    readonly sha256: string;
    readonly size: number;
  }[];
}

async function unpack(bundle: Blob): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const entry of readTar(readPieces(bundle))) {
    files.set(entry.name, await readEntry(entry, 50_000_000));
  }
  return files;
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

/** After which the index is asked for again. */
const kAnHourMs = 3_600_000;

/** A storage that is full for one kind of record until the mock is restored. */
function refuseWritesTo(store: string) {
  const put = Reflect.get(IDBObjectStore.prototype, 'put');
  return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    if (this.name === store) throw new DOMException('no room', 'QuotaExceededError');
    return put.apply(this, args);
  });
}

describe('a sealed submission', () => {
  it('is opened by the case office: the answers, and the file byte for byte', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const draft_id = await beginDraft(tab);
    const size = 1_234_567;
    await fillDraft(tab, draft_id, size);
    phone.server.weather = kOffline;
    const { submission_id } = await tab.engine.submit({ draft_id });

    const files = await unpack(await tab.engine.exportBundle({ submission_id }));
    const [first] = files.keys();
    const payload = textOf(files.get('manifest.jws')).split('.')[1] ?? '';
    const manifest = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Manifest;
    const core = await freshCore();
    const office = core.deriveKeys(new Uint8Array(32).fill(3));
    const [answersPart, paperPart] = manifest.parts.map(({ sha256 }) =>
      files.get(`parts/${sha256}`),
    );
    const sealed = core.open(office.identities, answersPart ?? new Uint8Array());
    const answers = JSON.parse(textOf(sealed)) as SealedAnswers;
    const paper = core.open(office.identities, paperPart ?? new Uint8Array());

    expect(first).toBe('manifest.jws');
    expect(manifest.parts.map(({ role }) => role)).toEqual(['answers', 'attachment']);
    expect(manifest).toMatchObject({
      submission_id,
      aud: 'landfall.test/log',
      verdict: 'complete',
      fee_code: 'entry',
    });
    expect(answers.submission_id).toBe(submission_id);
    expect(answers.answers.person.name).toBe('Tan Mei-Ling');
    expect(answers.attachments[0]).toMatchObject({
      slot: 'documents/paper',
      size,
      sealed_sha256: manifest.parts[1]?.sha256,
      sha256: sha256Hex(new Uint8Array(await testPdf(size).arrayBuffer())),
    });
    expect(paper.length).toBe(core.paddedSize(size));
    expect(sha256Hex(paper.subarray(0, size))).toBe(answers.attachments[0]?.sha256);
    expect(paper.subarray(size).every((byte) => byte === 0)).toBe(true);
    tab.kill();
  });

  it('is padded, so that its size says little about the answers', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    phone.server.weather = () => null;
    const sizes = new Set<number>();
    for (let letters = 2; letters <= 12; letters += 1) {
      const name = 'u'.repeat(letters);
      const draft_id = await beginDraft(tab);
      await tab.engine.setAnswer({
        draft_id,
        path: 'person/name',
        value: name,
      });
      sizes.add((await tab.engine.submit({ draft_id })).sealed_bytes);
    }

    expect(sizes.size).toBeLessThanOrEqual(2);
    tab.kill();
  });

  it('is sealed anew when the case office changed its key after a file was attached', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const draft_id = await beginDraft(tab);
    await fillDraft(tab, draft_id, 30_000);
    const core = await freshCore();
    const next = core.deriveKeys(new Uint8Array(32).fill(4));
    phone.server.caseOffice = [next.age_recipient];
    phone.server.serial = 2;
    phone.clockAhead = kAnHourMs;
    await tab.engine.listForms({ locale: 'en' });
    await eventually(() => tab.events.filter(({ event }) => event === 'forms').length > 1);
    phone.server.weather = kOffline;

    const { submission_id } = await tab.engine.submit({ draft_id });
    const files = await unpack(await tab.engine.exportBundle({ submission_id }));
    const parts = [...files].filter(([name]) => name.startsWith('parts/'));

    expect(parts).toHaveLength(2);
    for (const [, bytes] of parts) {
      expect(core.open(next.identities, bytes).length).toBeGreaterThan(0);
      expect(() =>
        core.open(core.deriveKeys(new Uint8Array(32).fill(3)).identities, bytes),
      ).toThrow('envelope_unreadable');
    }
    tab.kill();
  });

  it('leaves no chunk behind when its draft is deleted, and none of others', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const kept = await beginDraft(tab);
    await fillDraft(tab, kept, 30_000);
    const before = await chunkCount(phone);
    const deleted = await beginDraft(tab);
    await fillDraft(tab, deleted, 2_000_000);

    await tab.engine.deleteDraft({ draft_id: deleted });
    await new Promise((resolve) => setTimeout(resolve, 300));

    expect(await chunkCount(phone)).toBe(before);
    tab.kill();
  });

  it('writes a file as durably as the draft that names it', async () => {
    const tab = openTab(await freshPhone());
    const draft_id = await beginDraft(tab);
    const seen = vi.spyOn(IDBDatabase.prototype, 'transaction');

    await fillDraft(tab, draft_id, 5_000);
    const writes = seen.mock.calls.filter(([, mode]) => mode === 'readwrite');
    seen.mockRestore();

    const stores = new Set(writes.flatMap(([names]) => names as string | string[]));
    expect([...stores]).toEqual(expect.arrayContaining(['files', 'drafts']));
    expect(writes.map(([, , options]) => options?.durability)).toEqual(writes.map(() => 'strict'));
    tab.kill();
  });

  it('shows an attached file again, unpadded', async () => {
    const tab = openTab(await freshPhone());
    const draft_id = await beginDraft(tab);
    await fillDraft(tab, draft_id, 100_001);
    const bytes = new Uint8Array(await testPdf(100_001).arrayBuffer());

    const shown = await tab.engine.readAttachment({
      draft_id,
      sha256: sha256Hex(bytes),
    });

    expect(shown.type).toBe('application/pdf');
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(bytes);
    tab.kill();
  });

  it('keep a file that is attached once more while the storage is full', async () => {
    const tab = openTab(await freshPhone());
    const draft_id = await beginDraft(tab);
    await fillDraft(tab, draft_id, 5_000);
    const full = refuseWritesTo('drafts');

    const problem = await problemOfCall(fillDraft(tab, draft_id, 5_000));
    full.mockRestore();
    await tab.engine.flush();

    const opened = await tab.engine.openDraft({ draft_id, locale: 'en' });
    const [file, ...more] = answerOf(opened, 'documents/paper') as readonly FileAnswer[];
    const shown = await tab.engine.readAttachment({ draft_id, sha256: file?.sha256 ?? '' });
    expect(problem).toBe('storage_full');
    expect(more).toEqual([]);
    expect(shown.size).toBe(5_000);
    tab.kill();
  });

  it('does not take a file that the form does not allow, and says why', async () => {
    const tab = openTab(await freshPhone());
    const draft_id = await beginDraft(tab);
    const file = new Blob(['this is no document of the kinds that are taken'], {
      type: 'text/plain',
    });

    const outcome = await tab.engine.attach({
      draft_id,
      path: 'documents/paper',
      file,
      file_name: 'note.txt',
    });

    expect(outcome.changes).toEqual([]);
    expect(outcome.findings.map(({ code }) => code)).toContain('file_type_not_accepted');
    tab.kill();
  });
});
