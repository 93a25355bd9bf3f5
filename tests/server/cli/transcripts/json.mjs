// Canonical JSON, and JSON that must be refused quickly and cheaply.

import { equal, expect, kCouldNot, kNo, kYes, scenario, shell, transcript } from './harness.mjs';

const kCanonical = [
  [
    'members are ordered by UTF-16 code units',
    '{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}',
    '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"\u{1f600}":5,"\ufb33":3}',
  ],
  [
    'numbers are written as ECMAScript writes them',
    '[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001,1e23,-0]',
    '[333333333.3333333,1e+30,4.5,0.002,1e-27,1e+23,0]',
  ],
  ['literals stay', '[null,true,false]', '[null,true,false]'],
  [
    'white space goes and escapes are the shortest',
    ' { "a" : "\\u000f\\nA\'\\u0042\\u0022\\u005c\\\\\\"\\/" } ',
    '{"a":"\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  ],
  ['a text alone is JSON', '"陳"', '"陳"'],
];
for (const [name, input, stdout] of kCanonical) {
  transcript(`canonical JSON: ${name}`, { args: ['jcs'], input, code: kYes, stdout });
}

const kRefused = [
  ['a duplicate member', '{"a":1,"a":2}', /json_duplicate_member at byte 7/],
  ['a duplicate member written with escapes', '{"a":1,"\\u0061":2}', /json_duplicate_member/],
  ['nothing', '', /json_malformed/],
  ['a cut text', '{"a":', /json_malformed at byte 5/],
  ['two texts', '1 2', /json_malformed/],
  ['a comment', '{} // x', /json_malformed/],
  ['a trailing comma', '[1,]', /json_malformed/],
  ['NaN', '[NaN]', /json_malformed/],
  ['a number beyond doubles', '[1e400]', /json_number_out_of_range/],
  ['a lone surrogate', '["\\ud800"]', /utf8_invalid/],
  ['a byte order mark', '\ufeff{}', /json_malformed/],
];
for (const [name, input, stderr] of kRefused) {
  transcript(`canonical JSON refuses ${name}`, {
    args: ['jcs'],
    input,
    code: kNo,
    stdout: '',
    stderr,
  });
}

scenario('bytes that are not UTF-8 are refused', () => {
  const got = shell(`printf '["\\xff"]' | "$LANDFALL" jcs`);
  equal(got.code, kNo, 'exit code');
  expect(/utf8_invalid/.test(got.errors), 'utf8_invalid', got);
});

transcript('a missing file is told apart from a wrong one', {
  args: ['jcs', 'no-such-file'],
  code: kCouldNot,
  stderr: /no-such-file/,
});

// Each stream is a gigabyte; the address space is limited, and the reader must stop early.
const kHostile = [
  ['a gigabyte of open brackets', `head -c 1000000000 /dev/zero | tr '\\0' '['`],
  ['a gigabyte of open objects', `yes '{"a":' | tr -d '\\n' | head -c 1000000000`],
  ['a gigabyte of elements', `(printf '['; yes '1,' | tr -d '\\n' | head -c 1000000000)`],
  ['a gigabyte of one text', `(printf '"'; head -c 1000000000 /dev/zero | tr '\\0' 'x')`],
];
for (const [name, stream] of kHostile) {
  scenario(`${name} is refused quickly in bounded memory`, () => {
    const started = Date.now();
    const got = shell(`set +o pipefail; ${stream} | (ulimit -v 400000; exec "$LANDFALL" jcs)`);
    equal(got.code, kCouldNot, 'exit code');
    equal(got.text, '', 'standard output');
    expect(Date.now() - started < 15_000, 'an answer within 15 s', Date.now() - started);
  });
}

// Within the size that is read, the depth and the number of values are bounded too.
for (const [name, input, stderr] of [
  ['fifteen million open brackets', '['.repeat(15_000_000), /json_too_deep at byte 64/],
  ['a million values', `[${'1,'.repeat(1_000_000)}1]`, /json_too_large/],
]) {
  scenario(`${name} are refused in bounded memory`, (folder) => {
    folder.write('hostile.json', input);
    const got = shell(`ulimit -v 400000; exec "$LANDFALL" jcs hostile.json`, { cwd: folder.root });
    equal(got.code, kNo, 'exit code');
    expect(stderr.test(got.errors), stderr, got);
  });
}
