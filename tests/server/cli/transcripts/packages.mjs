// Form packages: found fault with, published, signed, evaluated.

import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { hex, publicJwkOf, makeKey, sha256 } from './documents.mjs';
import {
  equal,
  expect,
  kCouldNot,
  kNo,
  kUsage,
  kYes,
  landfall,
  scenario,
  succeed,
} from './harness.mjs';
import { compactVerify, importJWK } from './jose.mjs';

const kRoot = path.resolve(import.meta.dirname, '../../../..');
const kEntryPermit = path.join(kRoot, 'shared/packages/hkmo_entry');

const kOldKid = sha256('a key of old').toString('base64url');

/** Answers of a resident of Hong Kong who asks for a visit of five days. */
export const kAnswers = {
  permit_kind: 'TEMP_SINGLE',
  status_region: 'HKG',
  perm_resident: true,
  prev_hhr: false,
  ppt_kind: 'HKSAR',
  name_zh: '陳大文',
  no_name_zh: false,
  surname_en: 'CHAN',
  given_en: 'TAI MAN',
};

/** A small form of our own, with its texts, that can be spoilt. */
export function makeForm(folder, survey) {
  const source = folder.file('packages/visit');
  mkdirSync(source, { recursive: true });
  mkdirSync(folder.file('i18n/en/forms'), { recursive: true });
  const rows = survey ?? [
    { type: 'begin_group', name: 'person', label: 'person.label' },
    {
      type: 'text',
      name: 'full_name',
      label: 'full_name.label',
      required: 'true()',
    },
    {
      type: 'integer',
      name: 'age',
      label: 'age.label',
      relevant: "${full_name} != ''",
    },
    { type: 'end_group' },
  ];
  writeFileSync(
    path.join(source, 'form.json'),
    JSON.stringify({
      settings: {
        form_id: 'visit',
        version: '1',
        default_language: 'en',
        title: 'form.title',
      },
      survey: rows,
      choices: [],
    }),
  );
  writeFileSync(path.join(source, 'fees.json'), '{"currency":"TWD","rows":[]}');
  const labels = rows.filter((row) => row.label !== undefined).map((row) => [row.label, row.label]);
  const texts = Object.fromEntries([['form.title', 'Visit'], ...labels]);
  folder.write('i18n/en/forms/visit.json', JSON.stringify(texts));
  return source;
}

export function makeAgency(folder) {
  mkdirSync(folder.file('keys'));
  const agency = makeKey(folder, 'agency', 'keys/agency', [
    '--public',
    folder.file('keys/root.pub'),
  ]);
  makeKey(folder, 'receipt', 'keys/receipt');
  makeKey(folder, 'sealing', 'keys/case-office');
  return agency;
}

const sign = (folder, source, more = []) =>
  landfall([
    'package',
    'sign',
    source,
    '--keys',
    folder.file('keys'),
    '--out',
    folder.file('out'),
    ...more,
  ]);

scenario('the entry permit has no problems', () => {
  const got = landfall(['package', 'lint', kEntryPermit]);
  equal(got.code, kYes, 'exit code');
  equal(got.text, '', 'standard output');
});

scenario('each problem of a form is one line with sheet, row, column and a sentence', (folder) => {
  const source = makeForm(folder, [
    {
      type: 'text',
      name: 'a',
      label: 'a.label',
      relevant: "${missing} = 'x'",
    },
    { type: 'integer', name: 'b', label: 'b.label', constraint: '. > (' },
    { type: 'shoe_size', name: 'c', label: 'c.label' },
  ]);
  const got = landfall(['package', 'lint', source]);
  equal(got.code, kNo, 'exit code');
  const lines = got.text.trim().split('\n');
  expect(
    lines.some((line) =>
      /survey row 1, column relevant.*no question has this name: missing/.test(line),
    ),
    'row 1',
    got,
  );
  expect(
    lines.some((line) => /survey row 2, column constraint.*\[xpath_syntax\]/.test(line)),
    'row 2',
    got,
  );
  expect(
    lines.some((line) => /survey row 3.*no such question type.*shoe_size/.test(line)),
    'row 3',
    got,
  );
  const listed = JSON.parse(landfall(['package', 'lint', source, '--json']).text);
  equal(listed.length, lines.length, 'problems as JSON');
});

scenario('a form that is not JSON is a problem, a missing folder could not be read', (folder) => {
  const source = makeForm(folder);
  writeFileSync(path.join(source, 'form.json'), '{');
  equal(landfall(['package', 'lint', source]).code, kNo, 'exit code');
  equal(landfall(['package', 'lint', folder.file('none')]).code, kCouldNot, 'exit code');
});

scenario(
  'a signed package verifies, by jose too; its files are named by their digests',
  async (folder) => {
    const agency = makeAgency(folder);
    const got = sign(folder, makeForm(folder));
    equal(got.code, kYes, 'exit code');
    const [, , digest] = got.text.split(' ');
    const index = folder.read('out/index.jws').toString();
    const { payload } = await compactVerify(index, await importJWK(publicJwkOf(agency), 'EdDSA'));
    const listed = JSON.parse(Buffer.from(payload));
    equal(listed.packages[0].digest, digest, 'digest in the index');
    equal(listed.recipients.case_office.length, 1, 'recipients');
    equal(listed.receipt_keys.length, 1, 'receipt keys');
    let files = 0;
    for (const name of readdirSync(folder.file('out')).filter((entry) => entry.endsWith('.json'))) {
      const bytes = folder.read(`out/${name}`);
      equal(`${hex(sha256(bytes))}.json`, name, 'file name');
      expect(
        brotliDecompressSync(folder.read(`out/${name}.br`)).equals(bytes),
        'the same in Brotli',
        name,
      );
      expect(gunzipSync(folder.read(`out/${name}.gz`)).equals(bytes), 'the same in gzip', name);
      files += 1;
    }
    equal(files, 2, 'package and texts');
    const trust = ['--trust', folder.file('keys/root.pub')];
    equal(
      landfall(['verify', folder.file(`out/${digest}.json`), ...trust]).code,
      kYes,
      'exit code',
    );
    equal(landfall(['verify', folder.file('out/index.jws'), ...trust]).code, kYes, 'exit code');
  },
);

scenario(
  'a signature beside its package, or named, is used; alone it is not verified',
  (folder) => {
    makeAgency(folder);
    const digest = sign(folder, makeForm(folder)).text.split(' ')[2];
    const [, payload] = folder.read('out/index.jws').toString().split('.');
    const [{ signature }] = JSON.parse(Buffer.from(payload, 'base64url')).packages;
    const package_ = folder.write('package.json', folder.read(`out/${digest}.json`));
    const trust = ['--trust', folder.file('keys/root.pub')];
    equal(landfall(['verify', package_, ...trust]).code, kUsage, 'exit code without a signature');
    const named = ['--signature', folder.write('named.jws', signature)];
    equal(landfall(['verify', package_, ...trust, ...named]).code, kYes, 'exit code');
    equal(landfall(['verify', folder.file('named.jws'), ...trust]).code, kNo, 'exit code');
    folder.write('package.json.jws', signature);
    equal(landfall(['verify', package_, ...trust]).code, kYes, 'exit code');
  },
);

scenario('a package with one byte changed is not genuine', (folder) => {
  makeAgency(folder);
  const digest = sign(folder, makeForm(folder)).text.split(' ')[2];
  const bytes = folder.read(`out/${digest}.json`);
  bytes[bytes.length - 3] ^= 1;
  folder.write(`out/${digest}.json`, bytes);
  const args = [
    'verify',
    folder.file(`out/${digest}.json`),
    '--trust',
    folder.file('keys/root.pub'),
  ];
  equal(landfall(args).code, kNo, 'exit code');
});

scenario(
  'signing twice gives the same files, a higher serial and keys that began on the same day',
  (folder) => {
    makeAgency(folder);
    const source = makeForm(folder);
    const payloadOf = () =>
      JSON.parse(Buffer.from(folder.read('out/index.jws').toString().split('.')[1], 'base64url'));
    equal(sign(folder, source, ['--serial', '5']).code, kYes, 'exit code');
    const first = payloadOf();
    equal(sign(folder, source, ['--serial', '5']).code, kUsage, 'exit code of the same serial');
    equal(sign(folder, source, ['--revoke', kOldKid]).code, kYes, 'exit code');
    const second = payloadOf();
    expect(second.serial > first.serial, 'a higher serial', second.serial);
    equal(second.packages[0].digest, first.packages[0].digest, 'digest');
    equal(second.receipt_keys[0].not_before, first.receipt_keys[0].not_before, 'not_before');
    equal(second.revoked[0], kOldKid, 'revoked');
  },
);

scenario('only a key id can be revoked', (folder) => {
  makeAgency(folder);
  const got = sign(folder, makeForm(folder), ['--revoke', 'nonsense']);
  equal(got.code, kUsage, 'exit code');
});

scenario('the public halves of keys are enough to sign an index', (folder) => {
  makeAgency(folder);
  for (const name of ['receipt', 'case-office']) {
    const key = JSON.parse(readFileSync(folder.file(`keys/${name}.json`)));
    folder.write(`keys/${name}.pub`, `${key.public}\n`);
    writeFileSync(folder.file(`keys/${name}.json`), 'gone');
  }
  equal(sign(folder, makeForm(folder)).code, kYes, 'exit code');
});

scenario('production and development keys do not mix', (folder) => {
  makeAgency(folder);
  const key = JSON.parse(readFileSync(folder.file('keys/receipt.json')));
  folder.write('keys/receipt.json', JSON.stringify({ ...key, development: false }));
  const got = sign(folder, makeForm(folder));
  equal(got.code, kCouldNot, 'exit code');
  expect(/do not mix/.test(got.errors), 'the reason', got);
});

scenario('a package with problems is not signed', (folder) => {
  makeAgency(folder);
  const got = sign(
    folder,
    makeForm(folder, [{ type: 'text', name: 'a', label: 'a', relevant: '(' }]),
  );
  equal(got.code, kCouldNot, 'exit code');
  expect(/landfall package lint/.test(got.errors), 'where to look', got);
});

scenario('a form is evaluated from its folder and from its published file alike', (folder) => {
  makeAgency(folder);
  const source = makeForm(folder);
  const digest = sign(folder, source).text.split(' ')[2];
  folder.write('complete.json', '{"person":{"full_name":"CHAN TAI MAN","age":17}}');
  folder.write('flat.json', '{"full_name":"CHAN TAI MAN","age":"17"}');
  folder.write('empty.json', '{}');
  for (const form of [source, folder.file(`out/${digest}.json`)]) {
    for (const answers of ['complete.json', 'flat.json']) {
      const got = landfall(['eval', form, folder.file(answers), '--as-of', '2026-11-21']);
      equal(got.code, kYes, 'exit code');
      const said = JSON.parse(got.text);
      equal(said.status, 'complete', 'status');
      equal(
        JSON.stringify(said.answers),
        '{"person":{"age":17,"full_name":"CHAN TAI MAN"}}',
        'answers',
      );
    }
    const got = landfall(['eval', form, folder.file('empty.json'), '--as-of', '2026-11-21']);
    equal(got.code, kNo, 'exit code');
    equal(JSON.parse(got.text).findings[0].code, 'required', 'finding');
  }
});

/** A form in which answers fill in others, and repeats grow: a sheet, imported. */
function makeTypedForm(folder) {
  const rows = [
    'type | name | label | calculation | trigger | default | repeat_count | readonly',
    'text | country | C | | | TW | |',
    'text | visa | V | concat(${country}, "-visa") | ${country} | | |',
    'begin_group | stay | | | | | |',
    'integer | nights | N | | | 2 + 1 | |',
    'calculate | days | | ${nights} + 1 | | | |',
    'text | office | O | | | | | yes',
    'end_group | | | | | | |',
    'begin_repeat | people | P | | | | |',
    'text | name | N | | | | |',
    'text | home | H | | | ${country} | |',
    'end_repeat | | | | | | |',
    'begin_repeat | bags | B | | | | ${nights} |',
    'text | tag | T | | | | |',
    'end_repeat | | | | | | |',
  ];
  const sheet = rows.map((row) => `| | ${row} |\n`).join('');
  const form = folder.write('form.md', `| survey |\n${sheet}`);
  succeed(['package', 'import', form, '-o', folder.file('made')]);
  return folder.file('made');
}

scenario(
  'with --new a list that is shorter than the form begins with removes the rest',
  (folder) => {
    const form = makeTypedForm(folder);
    const people = (answers) => {
      const file = folder.write('answers.json', JSON.stringify(answers));
      return JSON.parse(landfall(['eval', form, file, '--new']).text).answers.people ?? [];
    };

    equal(people({}).length, 1, 'the form begins with one');
    equal(people({ people: [] }).length, 0, 'none is given');
    equal(people({ people: [{ name: 'A' }, { name: 'B' }] }).length, 2, 'two are given');
  },
);

scenario('more instances than a repeat takes are refused with the limit', (folder) => {
  const form = makeTypedForm(folder);
  const people = Array.from({ length: 1001 }, () => ({ name: 'A' }));
  const file = folder.write('answers.json', JSON.stringify({ people }));
  for (const more of [[], ['--new']]) {
    const got = landfall(['eval', form, file, ...more]);
    equal(got.code, kCouldNot, 'exit code');
    const refused = /too_large at "people\[1001\]": more than .* at most 1000 instances/;
    expect(refused.test(got.errors), refused, got);
  }
});

scenario('a form that draws lots says with which seed, or that none are drawn', (folder) => {
  const form = folder.write(
    'lots.md',
    '| survey |\n| | type | name | label | calculation |\n| | calculate | id | | uuid() |\n| | text | a | A | |\n',
  );
  succeed(['package', 'import', form, '-o', folder.file('lots')]);
  const said = (...more) => landfall(['eval', folder.file('lots'), '-', ...more], { input: '{}' });

  const first = said('--new');
  const seed = /--seed ([0-9a-f]{32})\n/.exec(first.errors)?.[1];
  const other = said('--new');
  const again = said('--new', '--seed', seed);
  const none = said();
  const plain = landfall(['eval', makeTypedForm(folder), '-'], { input: '{}' });

  expect(/"id":"[0-9a-f-]{36}"/.test(first.text), 'a drawn id', first);
  expect(other.text !== first.text, 'another id', other);
  equal(again.text, first.text, 'the same seed gives the same');
  equal(again.errors, '', 'nothing to say where a seed is given');
  expect(/without --seed TEXT none is drawn/.test(none.errors), 'that none is drawn', none);
  equal(plain.errors, '', 'nothing to say where no lots are drawn');
});

scenario(
  'with --new the answers are typed into a form that begins, and trigger others',
  (folder) => {
    const form = makeTypedForm(folder);
    const said = (answers, ...more) => {
      const file = folder.write('answers.json', JSON.stringify(answers));
      return JSON.parse(landfall(['eval', form, file, '--as-of', '2026-11-21', ...more]).text)
        .answers;
    };
    const bags = [{ tag: 'a' }];
    const people = [{ name: 'WANG' }, { name: 'LI', home: 'MO' }];

    const typed = said({ people, bags, nights: 1, country: 'HK' }, '--new');
    const put = said({ people, bags, nights: 1, country: 'HK' });
    const untouched = said({}, '--new');
    const cleared = said({ country: null, visa: 'mine' }, '--new');
    const given = said({ visa: 'mine', stay: { nights: 2, days: 99 } }, '--new');

    equal(
      JSON.stringify(typed),
      JSON.stringify({
        bags,
        country: 'HK',
        people: [
          // The first one was there when the form began, and its default looked then.
          { home: 'TW', name: 'WANG' },
          { home: 'MO', name: 'LI' },
        ],
        stay: { days: 2, nights: 1 },
        visa: 'HK-visa',
      }),
      'defaults and triggers, in the order of the form and not of the answers',
    );
    equal(
      JSON.stringify(put),
      JSON.stringify({
        bags,
        country: 'HK',
        people: [{ name: 'WANG' }, { home: 'MO', name: 'LI' }],
        stay: { days: 2, nights: 1 },
      }),
      'a draft that goes on has neither',
    );
    equal(JSON.stringify(untouched.stay), '{"days":4,"nights":3}', 'only defaults');
    equal(cleared.country, undefined, 'null clears a default');
    equal(cleared.visa, 'mine', 'what is typed behind a trigger stands');
    equal(given.stay.days, 3, 'what is calculated is passed over');
  },
);

scenario('with --new an answer that nobody can type is refused by its place', (folder) => {
  const form = makeTypedForm(folder);
  const refused = {
    'path_unknown at "nobody"': { nobody: 1 },
    'path_unknown at "stay/nights2"': { stay: { nights2: 1 } },
    'path_unknown at "people[1]/age"': { people: [{ age: 1 }] },
    'path_unknown at "home"': { home: 'HK' },
    'path_unknown at "stay/nights"': { 'stay/nights': 1 },
    'path_unknown at "\\u202e"': { '\u202e': 1 },
    'answer_readonly at "stay/office"': { office: 'Taipei' },
    'answer_readonly at "bags[2]"': {
      nights: 1,
      bags: [{ tag: 'a' }, { tag: 'b' }],
    },
    'change_malformed at "people"': { people: 'WANG' },
    'change_malformed at "people[1]"': { people: ['WANG'] },
    'change_malformed at "stay"': { stay: [] },
    'change_malformed at "nights"': { nights: 1, stay: { nights: 2 } },
    'change_malformed at "country"': { country: { code: 'TW' } },
    'too_large at "people[1001]"': {
      people: Array.from({ length: 1001 }, () => ({})),
    },
    change_malformed: [],
  };
  for (const [message, answers] of Object.entries(refused)) {
    const file = folder.write('answers.json', JSON.stringify(answers));
    const got = landfall(['eval', form, file, '--as-of', '2026-11-21', '--new']);
    equal(got.code, kCouldNot, message);
    // What to do follows.
    expect(got.errors.includes(`answers.json: ${message}: `) && got.text === '', message, got);
  }
});

scenario('a draft that does not fit the form is refused by its place', (folder) => {
  const form = makeTypedForm(folder);
  const refused = {
    'path_unknown at "nobody"': { country: 'HK', nobody: 1 },
    'path_unknown at "stay/nights2"': { stay: { nights: 1, nights2: 1 } },
    'path_unknown at "people[2]/age"': { people: [{ name: 'WANG' }, { age: 1 }] },
    'change_malformed at "people"': { people: 'WANG' },
    'change_malformed at "people[1]"': { people: ['WANG'] },
    'change_malformed at "stay"': { stay: 5 },
    'change_malformed at "country"': { country: { code: 'TW' } },
    'too_large at "people[1001]"': { people: Array.from({ length: 1001 }, () => ({})) },
    change_malformed: [],
  };
  for (const [message, answers] of Object.entries(refused)) {
    const file = folder.write('answers.json', JSON.stringify(answers));
    const got = landfall(['eval', form, file, '--as-of', '2026-11-21']);
    equal(got.code, kCouldNot, message);
    expect(got.errors.includes(`answers.json: ${message}: `) && got.text === '', message, got);
  }
});

scenario('a trace names expressions, inputs and results', (folder) => {
  const source = makeForm(folder);
  folder.write('a.json', '{"full_name":"CHAN"}');
  const got = landfall(['eval', source, folder.file('a.json'), '--trace']);
  const entry = JSON.parse(got.text).trace.findLast((item) => item.aspect === 'relevant');
  equal(entry.expression, "${full_name} != ''", 'expression');
  equal(entry.result, 'true', 'result');
});

scenario('answers that are no JSON, or to no question, could not be evaluated', (folder) => {
  const source = makeForm(folder);
  equal(landfall(['eval', source, folder.write('a.json', '{')]).code, kCouldNot, 'exit code');
  const unasked = landfall(['eval', source, folder.write('b.json', '{"nobody":1}')]);
  equal(unasked.code, kCouldNot, 'exit code');
  const named = /b\.json: path_unknown at "nobody": the form asks nothing of this name/;
  expect(named.test(unasked.errors), 'the file of the answers, the member, what to do', unasked);
  equal(landfall(['eval', source, folder.file('none.json')]).code, kCouldNot, 'exit code');
  equal(
    landfall(['eval', source, folder.file('b.json'), '--as-of', 'today']).code,
    kUsage,
    'exit code',
  );
});

scenario('the entry permit can be published and evaluated', (folder) => {
  makeAgency(folder);
  cpSync(kEntryPermit, folder.file('copy'), { recursive: true });
  const got = sign(folder, folder.file('copy'), ['--texts', path.join(kRoot, 'i18n')]);
  equal(got.code, kYes, 'exit code');
  const digest = got.text.split(' ')[2];
  folder.write('answers.json', JSON.stringify(kAnswers));
  const said = landfall([
    'eval',
    folder.file(`out/${digest}.json`),
    folder.file('answers.json'),
    '--as-of',
    '2026-11-21',
  ]);
  equal(said.code, kNo, 'exit code of half an application');
  equal(JSON.parse(said.text).fee.amount, 0, 'fee of a temporary permit');
  succeed(['verify', folder.file(`out/${digest}.json`), '--trust', folder.file('keys/root.pub')]);
});
