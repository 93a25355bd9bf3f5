// Identifiers that are right by their standard, made by its own arithmetic; a few are spoilt.

// ROC letters stand for two digits: A is 10, and the order is that of the household registers.
const kRocLetters = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';

const weighed = (digits, weights) =>
  digits.reduce((sum, digit, index) => sum + digit * weights[index], 0);

function rocNumber(chance, second) {
  const letter = chance.of([...kRocLetters]);
  const code = kRocLetters.indexOf(letter) + 10;
  const middle = `${second}${chance.digits(7)}`;
  const digits = [Math.floor(code / 10), code % 10, ...[...middle].map(Number)];
  const sum = weighed(digits, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  return `${letter}${middle}${(10 - (sum % 10)) % 10}`;
}

function hongKongCard(chance) {
  const letters = chance.once(4) ? `${chance.letter()}${chance.letter()}` : chance.letter();
  const digits = chance.digits(6);
  const values = [...letters.padStart(2, ' ')].map((c) => (c === ' ' ? 36 : c.charCodeAt(0) - 55));
  const sum = weighed([...values, ...[...digits].map(Number)], [9, 8, 7, 6, 5, 4, 3, 2]);
  const check = (11 - (sum % 11)) % 11;
  return `${letters}${digits}(${check === 10 ? 'A' : check})`;
}

function mainlandCard(chance) {
  const area = chance.of(['110105', '310101', '440305', '710000', '810000', '820000']);
  const birth = `${chance.between(1930, 2024)}${chance.of(['0101', '0229', '1231', '0615'])}`;
  const body = `${area}${birth}${chance.digits(3)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return body + '10X98765432'[weighed([...body].map(Number), weights) % 11];
}

function businessNumber(chance) {
  for (;;) {
    const digits = chance.digits(8);
    const products = [...digits].map(
      (digit, index) => Number(digit) * [1, 2, 1, 2, 1, 2, 4, 1][index],
    );
    const sum = products.reduce((total, value) => total + Math.floor(value / 10) + (value % 10), 0);
    if (sum % 5 === 0) return digits;
  }
}

const kSamples = {
  email: [
    'a@example.org',
    'mei.lin@example.com',
    'x@qq.com',
    'y@163.com',
    'a+b@sub.example.net',
    'a@b',
  ],
  phone: ['+886912345678', '51234567', '66123456', '912345678', '+85251234567', '+447700900123'],
  tw_phone: ['0912345678', '0223456789', '+886912345678', '02-2345-6789', '12'],
  name_zh: ['陳大文', '歐陽娜娜', '李·艾倫', '張', '𠮷田', '陈大文'],
  name_en: ['CHAN', 'TAI MAN', "O'BRIEN", 'VAN DER BERG', 'LIN', 'mei'],
  person_name: ['CHAN TAI MAN', '陳大文', 'Nguyễn Văn A', 'Suharto', 'สมชาย ใจดี', 'X'],
  passport_number: [
    'K12345678',
    'HJ1234567',
    'MA1234567',
    '300000000',
    'AB1234567',
    '123456789',
    'N1234567',
    '?',
    'A',
  ],
  country: ['HKG', 'MAC', 'CHN', 'JPN', 'USA', 'GBR', 'THA', 'VNM', 'TWN', 'ZZZ'],
  zh_text: ['广州街15号', '广州', '龙江东路2号', '臺北市中正路1號', '臺北'],
  partial_date: ['1990', '1990-05', '1990-05-17', '1990-13', '2027'],
  roc_date: ['民國79年5月17日', '79/05/17', '0790517', '115-11-21', '民國前1年1月1日'],
};

const kMade = {
  roc_id: (chance) => rocNumber(chance, chance.of([1, 2])),
  ui_no: (chance) => rocNumber(chance, chance.of([8, 9])),
  hkid: hongKongCard,
  prc_id: mainlandCard,
  ubn: businessNumber,
  macau_bir: (chance) => `${chance.of([1, 5, 7])}${chance.digits(6)}(${chance.digits(1)})`,
  mainland_travel_permit: (chance) =>
    `${chance.of(['H', 'M', 'H', 'M', 'HA', 'MA'])}${chance.digits(8)}`.slice(
      0,
      chance.of([9, 9, 10]),
    ),
};

const kWeights = [7, 3, 1];

function mrzCheck(text) {
  const value = (c) => (c === '<' ? 0 : /\d/.test(c) ? Number(c) : c.charCodeAt(0) - 55);
  return [...text].reduce((sum, c, index) => sum + value(c) * kWeights[index % 3], 0) % 10;
}

const field = (text, size) =>
  text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '<')
    .padEnd(size, '<')
    .slice(0, size);

/** A passport's two lines (ICAO 9303 TD3) with these particulars. */
export function passportLines({ issuer, surname, given, number, nationality, birth, sex, expiry }) {
  const short = (date) =>
    /^\d{4}-\d{2}-\d{2}$/.test(date) ? date.slice(2).replaceAll('-', '') : '900101';
  const parts = [field(number, 9), short(birth), short(expiry), field('', 14)];
  const [no, born, until, optional] = parts.map((text) => text + mrzCheck(text));
  const names =
    field('', 0) + field(`${field(surname, surname.length)}<<${field(given, given.length)}`, 39);
  const composite = mrzCheck(no + born + until + optional);
  const upper = `P<${field(issuer, 3)}${names}`;
  return `${upper}\n${no}${field(nationality, 3)}${born}${field(sex, 1).replace('X', '<')}${until}${optional}${composite}`;
}

/** A value of an identity type, mostly right; null for a type that is none. */
export function identifierOf(type, chance) {
  const made =
    kMade[type]?.(chance) ?? (kSamples[type] === undefined ? null : chance.of(kSamples[type]));
  if (made === null || !chance.once(8)) return made;
  const at = chance.below(made.length);
  return made.slice(0, at) + chance.of([...'0123456789AZ-']) + made.slice(at + 1);
}

/** The types that identifierOf() makes. */
export const identifierTypes = () => [...Object.keys(kMade), ...Object.keys(kSamples)];
