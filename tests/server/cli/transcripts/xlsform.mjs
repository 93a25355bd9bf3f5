// Every logic column and question type of XLSForm, from the sheet through import to what eval says.

import { readFileSync, writeFileSync } from 'node:fs';

import { expect, kYes, landfall, scenario } from './harness.mjs';

/** The tables of a form, a row a line; cells are separated by " | ". */
const sheet = (name, rows) => `| ${name} |\n${rows.map((row) => `| | ${row} |\n`).join('')}`;

/**
 * One form: imported without an error, its texts read, filled in with each of `fills`.
 *
 * @param {{ survey: string[], choices?: string[], settings?: string[], files?: Record<string, string>,
 *   rows?: Record<string, object>, texts?: Record<string, Record<string, string>>,
 *   fills: { answers: object, status?: string, gives?: object, findings?: string[],
 *   trace?: string[] }[] }} form
 */
function form(title, { survey, choices, settings, files = {}, rows = {}, texts = {}, fills }) {
  scenario(`XLSForm: ${title}`, (folder) => {
    const tables = [
      sheet('survey', survey),
      choices ? sheet('choices', choices) : '',
      settings ? sheet('settings', settings) : '',
    ].join('');
    writeFileSync(folder.file('form.md'), tables);
    for (const [name, text] of Object.entries(files)) writeFileSync(folder.file(name), text);
    const made = landfall(['package', 'import', folder.file('form.md'), '-o', folder.file('made')]);
    expect(made.code === kYes && !made.text.includes('error'), 'imported without an error', made);
    expectRows(folder, rows);
    for (const [locale, wanted] of Object.entries(texts)) expectTexts(folder, locale, wanted);
    for (const fill of fills) expectFill(folder, fill);
  });
}

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

function expectRows(folder, wanted) {
  const { survey } = read(folder.file('made/form.json'));
  for (const [name, members] of Object.entries(wanted)) {
    const row = survey.find((one) => one.name === name);
    for (const [member, value] of Object.entries(members)) {
      const same = JSON.stringify(row?.[member]) === JSON.stringify(value);
      expect(same, `${name} with ${member} ${JSON.stringify(value)}`, row);
    }
  }
}

function expectTexts(folder, locale, wanted) {
  const texts = read(folder.file(`made/i18n/${locale}/forms/form.json`));
  for (const [key, text] of Object.entries(wanted)) {
    expect(texts[key] === text, `${locale} ${key}: ${text}`, texts);
  }
}

function expectFill(folder, { answers, status = 'complete', gives, findings = [], trace = [] }) {
  writeFileSync(folder.file('answers.json'), JSON.stringify(answers));
  const args = ['eval', folder.file('made'), folder.file('answers.json')];
  const got = landfall([...args, '--as-of', '2026-11-21', '--tz', 'Asia/Taipei', '--trace']);
  const said = JSON.parse(got.text);
  expect(said.status === status, `status ${status}`, said);
  if (gives !== undefined) {
    const same = JSON.stringify(said.answers) === JSON.stringify(gives);
    expect(same, `answers ${JSON.stringify(gives)}`, said.answers);
  }
  const codes = said.findings.map(({ code, path }) => `${code}@${path}`);
  expect(codes.join() === findings.join(), `findings ${findings.join()}`, said.findings);
  const lines = said.trace.map(({ path, aspect, result }) => `${path} ${aspect} ${result}`);
  for (const line of trace) expect(lines.includes(line), `a trace of ${line}`, lines);
}

form('a default may calculate, and begins the form', {
  survey: [
    'type | name | label | default',
    'date | day | D | today() + 7',
    'integer | nights | N | 2 + 1',
    'text | tel | T | +886-2',
  ],
  fills: [
    {
      answers: {},
      gives: { day: '2026-11-28', nights: 3, tel: '+886-2' },
      trace: ['nights default 3'],
    },
  ],
});

form('a trigger fills when another answer changes, and leaves what is put back', {
  survey: [
    'type | name | label | trigger | calculation',
    'integer | a | A | | ',
    'integer | b | B | ${a} | ${a} * 10',
  ],
  rows: { b: { trigger: '${a}', calculation: '${a} * 10' } },
  fills: [{ answers: { a: 2, b: 7 }, gives: { a: 2, b: 7 } }],
});

form('a repeat count is an expression, and repeats stand in repeats', {
  survey: [
    'type | name | label | repeat_count | calculation',
    'integer | homes | H | | ',
    'begin repeat | home | Home | ${homes} + 1 | ',
    'integer | people | P | | ',
    'begin repeat | person | Person | ${people} | ',
    'text | given | G | | ',
    'calculate | place | | | concat(position(../..), ".", position(..))',
    'end repeat | | | | ',
    'end repeat | | | | ',
    'calculate | all | | | count(${person})',
  ],
  fills: [
    {
      answers: {
        homes: 1,
        home: [{ people: 1, person: [{ given: 'Ann' }] }, { people: 2 }],
      },
      gives: {
        all: 3,
        home: [
          { people: 1, person: [{ given: 'Ann', place: '1.1' }] },
          { people: 2, person: [{ place: '2.1' }, { place: '2.2' }] },
        ],
        homes: 1,
      },
      trace: ['home repeat_count 2', 'home[2]/person repeat_count 2', 'all calculation 3'],
    },
  ],
});

form('a choice filter narrows a list, and one of a data file', {
  survey: [
    'type | name | label | choice_filter | calculation',
    'select_one county | county | C | | ',
    'select_one town | town | T | county = ${county} | ',
    'select_one_from_file posts.csv | post | P | county = ${county} | ',
    "calculate | fee | | | pulldata('posts', 'fee', 'name', ${post})",
  ],
  choices: [
    'list_name | name | label | county',
    'county | n | North | ',
    'county | s | South | ',
    'town | t1 | One | n',
    'town | t2 | Two | s',
  ],
  files: { 'posts.csv': 'name,label,county,fee\np1,Post 1,n,100\np2,Post 2,s,200\n' },
  fills: [
    {
      answers: { county: 's', town: 't2', post: 'p2' },
      gives: { county: 's', fee: '200', post: 'p2', town: 't2' },
    },
    {
      answers: { county: 'n', town: 't2', post: 'p1' },
      status: 'incomplete',
      findings: ['not_a_choice@town'],
      trace: ['fee calculation 100'],
    },
  ],
});

form('a range has ends and a step, a rank an order', {
  survey: [
    'type | name | label | parameters | calculation',
    'range | r | R | start=1 end=5 step=0.5 | ',
    'rank thing | k | K | | ',
    'calculate | first | | | selected-at(${k}, 0)',
  ],
  choices: ['list_name | name | label', 'thing | x | X', 'thing | y | Y', 'thing | z | Z'],
  fills: [
    {
      answers: { r: 2.5, k: ['z', 'x', 'y'] },
      gives: { first: 'z', k: ['z', 'x', 'y'], r: 2.5 },
    },
    {
      answers: { r: 6, k: ['x', 'y', 'z'] },
      status: 'incomplete',
      findings: ['number_too_large@r'],
    },
  ],
});

form('an acknowledgement answers OK, as its expressions expect', {
  survey: [
    'type | name | label | required | relevant | appearance',
    'acknowledge | k | I agree | yes | | ',
    "text | more | More | | ${k} = 'OK' | ",
    'trigger | again | Again | | | w4',
  ],
  rows: {
    k: { type: 'select_one acknowledge', appearance: 'acknowledge', xlsform_type: 'acknowledge' },
    again: { type: 'select_one acknowledge', appearance: 'acknowledge w4' },
  },
  fills: [
    {
      answers: { k: 'OK', more: 'm' },
      gives: { k: 'OK', more: 'm' },
      trace: ['more relevant true'],
    },
    {
      answers: { more: 'm' },
      status: 'incomplete',
      gives: {},
      findings: ['required@k'],
      trace: ['more relevant false'],
    },
    { answers: { k: 'no' }, status: 'incomplete', findings: ['not_a_choice@k'] },
  ],
});

form('a hidden question is carried, appearance and guidance are data', {
  survey: [
    'type | name | label | guidance_hint | appearance | default',
    'hidden | source | | | | portal',
    'text | note | N | Write small | multiline | ',
  ],
  rows: { note: { appearance: 'multiline', guidance_hint: 'note.guidance_hint' } },
  texts: { en: { 'note.guidance_hint': 'Write small' } },
  fills: [{ answers: {}, gives: { source: 'portal' } }],
});

form('what is read-only is filled by its calculation and by nobody else', {
  survey: [
    'type | name | label | readonly | calculation',
    'integer | a | A | | ',
    'integer | b | B | yes | ${a} + 1',
  ],
  rows: { b: { readonly: 'true()' } },
  fills: [{ answers: { a: 4, b: 99 }, gives: { a: 4, b: 5 }, trace: ['b calculation 5'] }],
});

form('relevance keeps an answer out, and a repeat may be irrelevant', {
  survey: [
    'type | name | label | relevant | required',
    'select_one yn | has | H | | yes',
    "begin repeat | child | C | ${has} = 'y' | ",
    'text | given | G | | yes',
    'end repeat | | | | ',
  ],
  choices: ['list_name | name | label', 'yn | y | Yes', 'yn | n | No'],
  fills: [
    {
      answers: { has: 'n', child: [{ given: 'Ann' }] },
      gives: { has: 'n' },
      trace: ['child relevant false'],
    },
    {
      answers: { has: 'y', child: [{ given: 'Ann' }, {}] },
      status: 'incomplete',
      findings: ['required@child[2]/given'],
    },
  ],
});

form('messages and labels speak each language, and quote answers', {
  survey: [
    'type | name | label::English (en) | label::Chinese (zh-Hant) | constraint | constraint_message::English (en) | constraint_message::Chinese (zh-Hant) | required | required_message::English (en)',
    'integer | age | Age | 年齡 | . > 17 | ${age} is too young | ${age} 歲太小 | yes | Say how old',
  ],
  settings: ['form_id | default_language', 'form | English (en)'],
  rows: { age: { outputs: { age: '${age}' } } },
  texts: {
    en: { 'age.constraint_message': '{age} is too young', 'age.required_message': 'Say how old' },
    'zh-Hant': { 'age.constraint_message': '{age} 歲太小', 'age.label': '年齡' },
  },
  fills: [
    {
      answers: { age: 5 },
      status: 'incomplete',
      findings: ['constraint@age'],
      trace: ['age constraint false', 'age output 5'],
    },
    { answers: {}, status: 'incomplete', findings: ['required@age'] },
  ],
});

form('or_other asks what it is, in the words of the language', {
  survey: ['type | name | label::Thai (th)', 'select_one job or_other | job | งาน'],
  choices: ['list_name | name | label::Thai (th)', 'job | cook | พ่อครัว'],
  settings: ['form_id | default_language', 'form | Thai (th)'],
  texts: { th: { 'choice.other': 'อื่น ๆ', 'question.specify_other': 'โปรดระบุ' } },
  fills: [
    {
      answers: { job: 'other', job_other: 'diver' },
      gives: { job: 'other', job_other: 'diver' },
      trace: ['job_other relevant true'],
    },
    { answers: { job: 'cook', job_other: 'diver' }, gives: { job: 'cook' } },
  ],
});
