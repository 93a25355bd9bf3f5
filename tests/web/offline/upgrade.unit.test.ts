import { describe, expect, it, vi } from 'vitest';
import type { OpenedDraft, Upgrade, UpgradeWords } from '../../../web/src/engine/protocol';
import { publish } from '../support/agency';
import type { Json, PublishedPackage } from '../support/agency';
import { testPdf } from '../support/form';
import { answerOf, freshPhone } from '../support/journey';
import { eventually, openTab, problemOfCall } from '../support/phone';
import type { Phone, Tab } from '../support/phone';

const kDocuments = {
  rules: { D1: { types: ['application/pdf'], ext: ['pdf'], max_bytes: 20_000_000 } },
  slots: { paper: { rule: 'D1', min_files: 0, max_files: 3 } },
};

function version(number: string, survey: Json[], choices: Json[], more: object): PublishedPackage {
  const settings = {
    form_id: 'visit',
    version: number,
    default_language: 'en',
    title: 'form.title',
  };
  const sources = {
    form: { settings, survey, choices },
    documents: kDocuments,
    fees: { currency: 'TWD', rows: [] },
    ...more,
  };
  return publish(sources, 'visit', number);
}

const question = (type: string, name: string, more: object = {}): Json => ({
  type,
  name,
  label: `${name}.label`,
  ...more,
});

const kChoices = [
  { list_name: 'way', name: 'counter', label: 'way.counter' },
  { list_name: 'way', name: 'fax', label: 'way.fax' },
];

const kFirst = version(
  '1.9',
  [
    question('text', 'name'),
    question('text', 'tel'),
    question('text', 'fax_no'),
    question('select_one way', 'how'),
    question('file', 'paper'),
    question('boolean', 'agree'),
  ],
  kChoices,
  {},
);

const kSecond = version(
  '1.10',
  [
    question('text', 'name'),
    question('text', 'mobile'),
    question('select_one way', 'how'),
    question('file', 'document', { parameters: { slot: 'paper' } }),
    question('boolean', 'agree'),
    question('date', 'arrival'),
    question('text', 'hidden', { relevant: "${name} = 'nobody'" }),
  ],
  kChoices.slice(0, 1),
  {
    migrations: [
      {
        from: '1.9',
        rename: { tel: 'mobile', paper: 'document' },
        ask_again: { agree: 'why.agree' },
        drop: ['fax_no'],
      },
    ],
  },
);

async function begunPhone(): Promise<{ phone: Phone; tab: Tab; draft_id: string }> {
  const phone = await freshPhone();
  phone.server.packages = [kFirst];
  const tab = openTab(phone);
  await tab.engine.boot();
  await tab.engine.createVault();
  await tab.engine.listForms({ locale: 'en' });
  const { draft_id } = await tab.engine.startDraft({ form_id: 'visit', locale: 'en' });
  for (const [path, value] of Object.entries({
    name: 'Tan Mei-Ling',
    tel: '0912',
    fax_no: '02-1234',
    how: 'fax',
    agree: true,
  })) {
    await tab.engine.setAnswer({ draft_id, path, value });
  }
  const file = testPdf(900);
  await tab.engine.attach({ draft_id, path: 'paper', file, file_name: 'paper.pdf' });
  await tab.engine.flush();
  return { phone, tab, draft_id };
}

async function publishSecond(phone: Phone, tab: Tab, packages = [kSecond]): Promise<void> {
  phone.server.packages = packages;
  phone.server.serial = 2;
  phone.clockAhead = 3_600_000;
  const wanted = packages[0]?.version;
  await eventually(
    async () => (await tab.engine.listForms({ locale: 'en' }))[0]?.version === wanted,
  );
}

const plain = (words: UpgradeWords): string =>
  'text' in words
    ? words.text
    : 'key' in words
      ? words.key
      : 'code' in words
        ? words.code
        : String(words.truth);

function lines({ changes }: Upgrade): string[] {
  return changes.map(({ kind, label, now, reason, was }) =>
    [kind, plain(label), now && plain(now), reason && plain(reason), ...was.map(plain)]
      .filter((part) => part !== undefined)
      .join(' | '),
  );
}

const answers = (opened: OpenedDraft): unknown[] =>
  ['name', 'mobile', 'how', 'agree', 'arrival'].map((path) => answerOf(opened, path));

describe('a newer version of the form of an open draft', () => {
  it('is told with what it would change, and changes nothing until the person says so', async () => {
    const { phone, tab, draft_id } = await begunPhone();
    expect((await tab.engine.openDraft({ draft_id, locale: 'en' })).newer_version).toBeUndefined();
    await publishSecond(phone, tab);

    const upgrade = await tab.engine.previewUpgrade({ draft_id, locale: 'en' });
    const opened = await tab.engine.openDraft({ draft_id, locale: 'en' });

    expect(upgrade).toMatchObject({
      from_version: '1.9',
      to_version: '1.10',
      done: false,
      kept: 1,
    });
    expect(lines(upgrade).sort()).toEqual([
      'asked_again | agree.label | why.agree | true',
      'asked_again | how.label | choice_gone | way.fax',
      'dropped | fax_no.label | by_author | 02-1234',
      'moved | paper.label | document.label | paper.pdf',
      'moved | tel.label | mobile.label | 0912',
      'new | arrival.label',
    ]);
    expect(opened.newer_version).toBe('1.10');
    expect(opened.description.version).toBe('1.9');
    expect(answerOf(opened, 'fax_no')).toBe('02-1234');
    tab.kill();
  });

  it('takes the answers and files over when accepted, and keeps what has no place', async () => {
    const { phone, tab, draft_id } = await begunPhone();
    await publishSecond(phone, tab);

    const opened = await tab.engine.upgradeDraft({ draft_id, locale: 'en' });
    tab.kill();
    const later = openTab(phone);
    await later.engine.boot();
    const again = await later.engine.openDraft({ draft_id, locale: 'en' });
    const upgrade = await later.engine.previewUpgrade({ draft_id, locale: 'en' });

    expect(opened.description.version).toBe('1.10');
    expect(answers(opened)).toEqual(['Tan Mei-Ling', '0912', null, null, null]);
    expect(answers(again)).toEqual(answers(opened));
    expect(again).toMatchObject({ carried_from: '1.9' });
    expect(again.newer_version).toBeUndefined();
    expect(upgrade.done).toBe(true);
    expect(lines(upgrade)).toContain('dropped | fax_no.label | by_author | 02-1234');
    const files = answerOf(again, 'document') as readonly { readonly sha256: string }[];
    const sha256 = files[0]?.sha256 ?? '';
    const preview = await later.engine.readAttachment({ draft_id, sha256 });
    expect(preview.size).toBe(testPdf(900).size);
    const removed = await later.engine.detach({ draft_id, path: 'document', sha256 });
    expect(removed.find(({ path }) => path === 'document')?.value).toBeNull();
    later.kill();
  });

  it('goes with the draft to another phone, and accepting twice is accepting once', async () => {
    const { phone, tab, draft_id } = await begunPhone();
    await publishSecond(phone, tab);
    await tab.engine.upgradeDraft({ draft_id, locale: 'en' });
    const twice = await tab.engine.upgradeDraft({ draft_id, locale: 'en' });
    const { file, code } = await tab.engine.exportDraft({ draft_id });

    const brought = await tab.engine.importDraft({ file, code, locale: 'en' });
    const upgrade = await tab.engine.previewUpgrade({ draft_id: brought.draft_id, locale: 'en' });

    expect(answers(twice)).toEqual(['Tan Mei-Ling', '0912', null, null, null]);
    expect(upgrade.changes.some(({ was }) => was.some((words) => plain(words) === '02-1234'))).toBe(
      true,
    );
    tab.kill();
  });

  it('is no older one, and none at all is said so', async () => {
    const { phone, tab, draft_id } = await begunPhone();
    const older = version('1.8', [question('text', 'name')], [], {});
    await publishSecond(phone, tab, [older]);

    const opened = await tab.engine.openDraft({ draft_id, locale: 'en' });

    expect(opened.newer_version).toBeUndefined();
    expect(await problemOfCall(tab.engine.previewUpgrade({ draft_id, locale: 'en' }))).toBe(
      'form_unknown',
    );
    tab.kill();
  });

  it('that cannot be saved has not happened', async () => {
    const { phone, tab, draft_id } = await begunPhone();
    await publishSecond(phone, tab);
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });

    const problem = await problemOfCall(tab.engine.upgradeDraft({ draft_id, locale: 'en' }));
    full.mockRestore();
    const opened = await tab.engine.openDraft({ draft_id, locale: 'en' });

    expect(problem).toBe('storage_full');
    expect(opened.description.version).toBe('1.9');
    expect(answerOf(opened, 'fax_no')).toBe('02-1234');
    tab.kill();
  });
});
