// Values an applicant might give: by the question's type, the literals of the expressions that look
// at it, and the date of the day.

import { identifierOf, identifierTypes, passportLines } from './identifiers.mjs';
import { kEdgeNumbers } from './hostile.mjs';
import { patternsIn, sampleOf } from './regex-samples.mjs';
import { literalsIn, namesIn } from './model.mjs';

const kDay = 86_400_000;
const kNumeric = new Set(['integer', 'decimal', 'range']);
const kTrueOrFalse = new Set(['boolean', 'acknowledge', 'trigger']);
const kFiles = new Set(['image', 'file', 'audio', 'video']);
const kWords = [
  'Taipei',
  '臺北市中正區100號',
  'CHAN TAI MAN',
  'a',
  'AB123',
  'abc-12',
  '12345678',
  'x y',
];

const iso = (time) => new Date(time).toISOString().slice(0, 10);

function addMonths(date, months) {
  const [year, month, day] = date.split('-').map(Number);
  const index = year * 12 + month - 1 + months;
  const last = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate();
  return iso(Date.UTC(Math.floor(index / 12), index % 12, Math.min(day, last)));
}

/** A date near one that matters: today, a literal, another answer, so many months or days away. */
export function dateOf(chance, { asOf, dates, numbers, answers }) {
  const others = answers.filter((text) => /^\d{4}-\d{2}-\d{2}$/.test(text));
  const base = chance.of([asOf, asOf, asOf, ...dates, ...others]);
  if (Number.isNaN(Date.parse(base))) return asOf;
  const spans = numbers.filter((number) => Number.isInteger(number) && number > 0 && number < 1200);
  const span = chance.of([0, 0, 1, 3, 6, 12, ...spans]);
  const unit = chance.of(['day', 'month', 'month', 'year', 'none']);
  const sign = chance.of([-1, 1]);
  const months = unit === 'month' ? span : unit === 'year' ? span * 12 : 0;
  const moved = months === 0 ? base : addMonths(base, sign * Math.min(months, 1500));
  const days = (unit === 'day' ? sign * span : 0) + chance.of([0, 0, -1, 1]);
  const time = Date.parse(moved) + days * kDay;
  return Number.isNaN(time) || time < -62e12 ? asOf : iso(time);
}

function numberOf(chance, question, numbers) {
  const { min, max } = question.row.parameters ?? {};
  const bounds = [min, max].filter((value) => typeof value === 'number');
  const bases = [...bounds, ...bounds, ...numbers, 1, 2, 10];
  const near = chance.of(bases) + chance.of([0, 0, 1, -1]);
  if (chance.once(12)) return chance.of(kEdgeNumbers);
  if (chance.once(10)) return String(near);
  return question.type === 'integer' || chance.once(2)
    ? near
    : near + chance.of([0.5, 0.1, 0.005, 1 / 3]);
}

function choiceOf(chance, question, model, hints, offered, words) {
  const list = question.type.split(' ')[1];
  const names = model.choices.get(list) ?? [];
  const wanted = words.filter((word) => names.includes(word));
  if (wanted.length > 0 && chance.once(2)) return chance.of(wanted);
  const literal = names.filter((name) => hints.texts.has(name));
  const pool =
    chance.once(3) && offered?.length > 0
      ? offered
      : chance.once(3) || literal.length === 0
        ? names
        : literal;
  return names.length === 0 || chance.once(60) ? 'no such choice' : chance.of(pool);
}

const kHex = '0123456789abcdef';

function fileOf(chance) {
  const kind = chance.of([
    ['jpg', 'image/jpeg'],
    ['png', 'image/png'],
    ['pdf', 'application/pdf'],
  ]);
  const file = {
    file_name: `${chance.of(['photo', 'scan', '掃描', 'a b'])}${chance.below(9)}.${kind[0]}`,
    media_type: kind[1],
    size: chance.of([1, 1000, 250_000, 524_288, 524_289, 2_000_000, 20_000_000, 31_000_000]),
    sha256: Array.from({ length: 64 }, () => kHex[chance.below(16)]).join(''),
  };
  return chance.once(3)
    ? file
    : { ...file, width: chance.of([413, 600, 4000, 5000]), height: chance.of([531, 771, 10]) };
}

// What the expressions say about the fields of a machine-readable zone is taken from the answers.
function mrzOf(chance, hints, context) {
  const wanted = { issuer: 'CHN', surname: 'CHAN', given: 'TAI MAN', number: 'K12345678' };
  const filled = {
    ...wanted,
    nationality: 'CHN',
    birth: '1990-05-17',
    sex: 'M',
    expiry: '2032-02-28',
  };
  const member = {
    number: 'number',
    birth_date: 'birth',
    expiry_date: 'expiry',
    sex: 'sex',
    issuer: 'issuer',
    nationality: 'nationality',
  };
  for (const text of hints.own) {
    for (const [, name, reference, literal] of text.matchAll(
      /mrz-field\(\s*\.\s*,\s*'(\w+)'\s*\)\s*=\s*(?:\$\{(\w+)\}|'([^']*)')/g,
    )) {
      const value =
        reference === undefined
          ? chance.of([literal, filled[member[name]]])
          : context.answerTo(reference);
      if (member[name] !== undefined && typeof value === 'string' && value !== '')
        filled[member[name]] = value;
    }
    const names = /mrz-name-matches\(\s*\.\s*,\s*\$\{(\w+)\}\s*,\s*\$\{(\w+)\}/.exec(text);
    if (names !== null) {
      filled.surname = context.answerTo(names[1]) || filled.surname;
      filled.given = context.answerTo(names[2]) || '';
    }
  }
  if (chance.once(3))
    filled[chance.of(Object.keys(filled))] = chance.of(['GBR', 'GBN', 'X', 'HO', '1991-01-01']);
  return passportLines(filled);
}

function textOf(chance, question, hints, context) {
  const { min, max } = question.row.parameters ?? {};
  const patterns = hints.own.flatMap(patternsIn);
  const checks = hints.own.flatMap((text) =>
    [...text.matchAll(/check\('(\w+)'/g)].map(([, type]) => type),
  );
  const options = [
    () => chance.of(kWords),
    () => chance.of([...hints.texts, 'x']),
    () => 'x'.repeat(chance.of([min ?? 1, max ?? 5, (max ?? 5) + 1, Math.max(0, (min ?? 1) - 1)])),
    () => '@#!',
    () => String(chance.of([...hints.numbers, 7])),
    () => String(context.answerTo(chance.of(context.names)) || 'y'),
    ...patterns.flatMap((pattern) => [
      () => sampleOf(pattern, chance),
      () =>
        sampleOf(pattern, chance)
          .padEnd(min ?? 0, sampleOf(pattern, chance) || 'x')
          .slice(0, max ?? 200),
    ]),
    ...checks.flatMap((type) => [
      () => identifierOf(type, chance) ?? 'x',
      () => identifierOf(type, chance) ?? 'x',
    ]),
    ...(hints.own.some((text) => text.includes('date(')) ? [() => dateOf(chance, context)] : []),
  ];
  return chance.of(options)();
}

/**
 * A value for `question`. `context`: the date `asOf`, `dates` and `names` of the package, `answers`
 * in text, `answerTo(name)`, `offered(path)`, `words` of the expression that matters now.
 */
export function plausibleValue(chance, model, question, given) {
  const hints = model.hints.get(question.path);
  const numbers = [...hints.numbers, ...hints.own.flatMap((text) => literalsIn(text).numbers)];
  const context = { ...given, numbers };
  const [word] = question.type.split(' ');
  if (word === 'select_one' || word === 'select_one_from_file')
    return choiceOf(chance, question, model, hints, context.offered(question.path), context.words);
  if (word === 'select_multiple' || word === 'rank') {
    const count = chance.of([1, 1, 2, 3]);
    const draw = () =>
      choiceOf(chance, question, model, hints, context.offered(question.path), context.words);
    return [...new Set(Array.from({ length: count }, draw))];
  }
  if (kTrueOrFalse.has(word)) return chance.once(2);
  if (kNumeric.has(word)) {
    const others = hints.own
      .flatMap(namesIn)
      .map((name) => Number(context.answerTo(name) || NaN))
      .filter((value) => Number.isFinite(value));
    return numberOf(chance, question, [...numbers, ...others]);
  }
  if (word === 'date') return dateOf(chance, context);
  if (word === 'dateTime')
    return `${dateOf(chance, context)}T${chance.of(['00:00:00', '23:59:59', '08:30:00.000+08:00'])}`;
  if (word === 'time') return chance.of(['00:00:00', '12:30', '23:59:59.999', '24:00']);
  if (kFiles.has(word)) return Array.from({ length: chance.of([1, 1, 2]) }, () => fileOf(chance));
  if (word === 'mrz') return mrzOf(chance, hints, context);
  if (word === 'partial_date' && chance.once(2)) return dateOf(chance, context);
  if (hints.texts.size > 0 && chance.once(5)) return chance.of([...hints.texts]);
  const lengths = numbers.filter(
    (number) => Number.isInteger(number) && number > 1 && number < 500,
  );
  if (lengths.length > 0 && chance.once(8))
    return 'AB CD '
      .repeat(100)
      .slice(
        0,
        chance.of(
          lengths.flatMap((length) => [length - 1, length, length + 1, Math.ceil(length / 2) + 1]),
        ),
      );
  if (identifierTypes().includes(word)) {
    const fitting = hints.own.flatMap(patternsIn);
    return fitting.length > 0 && chance.once(3)
      ? sampleOf(chance.of(fitting), chance)
      : identifierOf(word, chance);
  }
  return textOf(chance, question, hints, context);
}
