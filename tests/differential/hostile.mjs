// Texts that programs stumble over; numbers at the edges; answers of the wrong shape.

const kLong = 100 * 1024;

export const kHostileTexts = [
  '\u202e\u2066evil\u2069\u202c',
  'a\u0000b',
  '\ud800',
  'x\udc00y',
  'e\u0301'.repeat(40),
  `Z${'\u0351\u0327'.repeat(60)}`,
  'שלום עולם',
  'مرحبا \u200f123',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  '\ufeffBOM',
  '\u00a0\u2003\u3000',
  '１２３４',
  'ﬃ Ⅳ ㎏',
  "'; drop table x; --",
  '<script>alert(1)</script>',
  '${other}',
  "concat('a', /data/x)",
  '\t\n\r',
  '-0',
  '1e999',
  'NaN',
  '0x10',
  '2026-02-30',
  '9999-12-31',
  '0000-00-00',
  '+10000-01-01',
  '\u2028line\u2029',
  'I\u0307ıŞ',
  '𝟘𝟙𝟚',
  ' ',
];

export const kEdgeNumbers = [
  0,
  -0,
  1,
  -1,
  0.1,
  0.30000000000000004,
  1e21,
  1e-7,
  5e-324,
  1.7976931348623157e308,
  9007199254740991,
  9007199254740992,
  9007199254740993,
  -9007199254740993,
  2.5,
  -2.5,
  3.5,
  1e15 + 0.3,
  123456.789,
  1 / 3,
  4294967296,
  2147483648,
  0.5,
  1.005,
  16777217,
];

const hostileShape = (chance) =>
  chance.of([
    {},
    [],
    [[]],
    ['a', 1],
    [{}],
    [{ file_name: 'x', media_type: 'y', size: -1, sha256: 'z' }],
    { a: { b: 1 } },
    ['', ''],
    [null],
  ]);

/** A value that no applicant means, of any shape. */
export function hostileValue(chance) {
  if (chance.once(40))
    return chance
      .of(['x', '陳', '👩‍👩‍👧‍👦', '\u202e'])
      .repeat(kLong)
      .slice(0, kLong + chance.below(3) - 1);
  if (chance.once(4)) return chance.of(kEdgeNumbers);
  if (chance.once(8)) return hostileShape(chance);
  return chance.of(kHostileTexts);
}

/** A change that is none: malformed, of nobody, or not JSON. */
export const hostileChange = (chance) =>
  chance.of([
    '{}',
    '[]',
    'null',
    '{"path":"nowhere","value":1}',
    '{"path":"","value":"x"}',
    '{"path":"a[0]/b","value":"x"}',
    '{"path":"a[99999999999999999999]","remove":true}',
    '{"value":"x"}',
    '{"path":"x","value":"\\ud800"}',
    '{"path":"x","path":"y","value":1}',
    '{"as_of":"2026-02-30"}',
    '{"as_of":7}',
    `{"path":"${'x/'.repeat(3000)}","value":1}`,
    `{"path":"x","value":${'['.repeat(80)}${']'.repeat(80)}}`,
    '{"path":"x","value":1e400}',
    '{"path":"x"',
    '\ufeff{}',
  ]);
