// Expressions and single values.

import {
  kCouldNot,
  kNo,
  kUsage,
  kYes,
  equal,
  expect,
  landfall,
  scenario,
  transcript,
} from './harness.mjs';

const kContext = JSON.stringify({
  person: { name_zh: '陳大文', age: 17, agreed: true },
  members: [{ n: 1 }, { n: 2 }, { n: 4 }],
  languages: 'zh en',
});

const kValues = [
  ['1 + 1', 'number', 2],
  ['7 div 2', 'number', 3.5],
  ["'a' = 'a'", 'boolean', true],
  ["concat('a', 'b')", 'string', 'ab'],
  ['1 div 0', 'number', 'Infinity'],
  ["number('x')", 'number', 'NaN'],
  ["if(1 > 2, 'yes', 'no')", 'string', 'no'],
  ["string-length('陳大文')", 'number', 3],
  ["regex('A123456789', '^[A-Z][12][0-9]{8}$')", 'boolean', true],
  ['${person/age} + 1', 'error', /xpath/],
  ['${age} + 1', 'number', 18],
  ['${age} >= 18', 'boolean', false],
  ["${name_zh} = '陳大文'", 'boolean', true],
  ['/person/name_zh', 'nodeset', ['陳大文']],
  ['count(${members})', 'number', 3],
  ['sum(/members/n)', 'number', 7],
  ['/members[2]/n', 'nodeset', ['2']],
  ["selected(${languages}, 'en')", 'boolean', true],
  ['today()', 'string', '2026-11-21'],
  ["format-date(today() + 1, '%Y-%m-%d')", 'string', '2026-11-22'],
  ["today() > date('2026-11-20')", 'boolean', true],
];
for (const [expression, type, value] of kValues) {
  scenario(
    `xpath: ${expression} is ${type} ${type === 'error' ? '' : JSON.stringify(value)}`,
    (folder) => {
      folder.write('context.json', kContext);
      const args = ['xpath', expression, '--context', folder.file('context.json')];
      const got = landfall([
        ...args,
        '--as-of',
        '2026-11-21T12:00:00+08:00',
        '--tz',
        'Asia/Taipei',
      ]);
      if (type === 'error') {
        equal(got.code, kNo, 'exit code');
        expect(value.test(got.errors), value, got);
        return;
      }
      equal(got.code, kYes, 'exit code');
      equal(got.text, `${JSON.stringify({ type, value })}\n`, 'standard output');
    },
  );
}

transcript('xpath: the time zone decides which day an instant is', {
  args: ['xpath', 'today()', '--as-of', '2026-11-20T23:30:00Z', '--tz', 'Asia/Taipei'],
  code: kYes,
  stdout: '{"type":"string","value":"2026-11-21"}\n',
});
transcript('xpath: an expression may begin with a dash', {
  args: ['xpath', '--', '-1 * 2'],
  code: kYes,
  stdout: '{"type":"number","value":-2}\n',
});
transcript('xpath: a syntax error is told with its place', {
  args: ['xpath', '1 + '],
  code: kNo,
  stdout: '',
  stderr: /byte [34]: the expression cannot be read \[xpath_syntax\]/,
});
transcript('xpath: an unknown function is told', {
  args: ['xpath', 'frobnicate(1)'],
  code: kNo,
  stderr: /byte 0: there is no such function \[xpath_unknown_function\]/,
});
transcript('xpath: an unknown time zone is wrong usage', {
  args: ['xpath', '1', '--tz', 'Moon/Crater'],
  code: kUsage,
  stderr: /Moon\/Crater/,
});
transcript('xpath: a context may come from standard input', {
  args: ['xpath', '${a} * 2', '--context', '-'],
  input: '{"a":21}',
  code: kYes,
  stdout: '{"type":"number","value":42}\n',
});
transcript('xpath: a context that is not JSON could not be read', {
  args: ['xpath', '1', '--context', '-'],
  input: '{',
  code: kCouldNot,
});

transcript('xpath: an unknown time zone is answered with the nearest, and with where the list is', {
  args: ['xpath', '1', '--tz', 'Asia/Taipe'],
  code: kUsage,
  stderr: /did you mean Asia\/Taipei\? landfall zones lists the names, and UTC\+hh:mm/,
});
transcript('xpath: a bare distance is answered with the way it is written', {
  args: ['xpath', '1', '--tz', '+08:00'],
  code: kUsage,
  stderr: /did you mean UTC\+08:00\?/,
});
transcript('zones: lists the names that --tz takes', {
  args: ['zones'],
  code: kYes,
  stdout: /^Asia\/Taipei\n(?:[\w/]+\n)+$/,
});
transcript('check: what would change how a terminal shows the rest is escaped', {
  args: ['check', 'person_name', 'a\u202eb'],
  code: kNo,
  stdout: 'name_character error character=\\u202e\n',
});
transcript('check: controls are escaped as well', {
  args: ['check', 'person_name', 'a\u001b[31m'],
  code: kNo,
  stdout: 'name_character error character=\\u001b\n',
});
transcript('check: as JSON, too', {
  args: ['check', 'person_name', 'a\u202eb', '--json'],
  code: kNo,
  stdout: /^[\x20-\x7e]+\n$/,
});
transcript('check: a phone number without its zero is given back with it', {
  args: ['check', 'phone', '912345678', '--param', 'calling_code=886'],
  code: kNo,
  stdout: 'tw_phone_malformed error expected=0912345678\n',
});
transcript('check: an address in simplified characters is given back in traditional ones', {
  args: ['check', 'zh_text', '台北市广州街15号'],
  code: kNo,
  stdout: 'name_zh_simplified error expected=台北市廣州街15號\n',
});

const kAcceptable = [
  ['roc_id', 'A123456789'],
  ['ui_no', 'A800000014'],
  ['hkid', 'A123456(3)'],
  ['date', '2024-02-29'],
  ['email', 'chan.taiman@example.com'],
];
for (const [type, value] of kAcceptable) {
  transcript(`check: ${value} is an acceptable ${type}`, {
    args: ['check', type, value, '--as-of', '2026-11-21'],
    code: kYes,
    stdout: '',
  });
}

const kUnacceptable = [
  ['roc_id', 'A123456788'],
  ['hkid', 'A123456(4)'],
  ['date', '2023-02-29'],
  ['email', 'not an address'],
];
for (const [type, value] of kUnacceptable) {
  transcript(`check: ${value} is no acceptable ${type}, and one line says why`, {
    args: ['check', type, value, '--as-of', '2026-11-21'],
    code: kNo,
    stdout: /^[a-z_]+ error( [a-z_]+=.*)?\n/,
  });
}

scenario('check: the findings can be had as JSON', () => {
  const got = landfall(['check', 'roc_id', 'A123456788', '--json']);
  equal(got.code, kNo, 'exit code');
  expect(JSON.parse(got.text).findings.length > 0, 'findings', got);
});
transcript('check: a value may come from standard input', {
  args: ['check', 'roc_id', '-'],
  input: 'A123456789\n',
  code: kYes,
});
transcript('check: an unknown type is wrong usage', {
  args: ['check', 'shoe_size', '42'],
  code: kUsage,
  stderr: /shoe_size/,
});
transcript('check: a day that is none is wrong usage', {
  args: ['check', 'date', '2024-01-01', '--as-of', '2026-02-30'],
  code: kUsage,
});
