// Texts that match a regular expression, drawn at random: sequences, alternatives, groups, classes
// and counts; what it does not know it passes over, and the text then may not match.

const kClasses = { d: '0123456789', w: 'abcXYZ019_', s: ' ', D: 'ab-', W: '-+', S: 'ab1' };
const kProperties = {
  Han: '中文大學陳李',
  Latin: 'abcdefXYZé',
  L: 'aZé中',
  Lu: 'ABC',
  Ll: 'abc',
  N: '0129',
  Nd: '0129',
  Thai: 'กขค',
};
const kPrintable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join(
  '',
);
const kMost = 4;

function escapeAt(pattern, at) {
  const kind = pattern[at + 1];
  const property = /^\\[pP]\{(\w+)\}/.exec(pattern.slice(at));
  if (property !== null) return [[...(kProperties[property[1]] ?? 'a')], at + property[0].length];
  return [[...(kClasses[kind] ?? kind ?? '\\')], at + 2];
}

function classAt(pattern, at) {
  const negated = pattern[at + 1] === '^';
  let place = at + (negated ? 2 : 1);
  const members = [];
  for (
    let first = true;
    place < pattern.length && (first || pattern[place] !== ']');
    first = false
  ) {
    if (pattern[place] === '\\') {
      const [found, next] = escapeAt(pattern, place);
      members.push(...found);
      place = next;
      continue;
    }
    const [from, dash, to] = [...pattern.slice(place, place + 3)];
    if (dash === '-' && to !== undefined && to !== ']' && to !== '\\') {
      for (
        let c = from.codePointAt(0);
        c <= Math.min(to.codePointAt(0), from.codePointAt(0) + 300);
        c += 1
      )
        members.push(String.fromCodePoint(c));
      place += 3;
      continue;
    }
    const character = String.fromCodePoint(pattern.codePointAt(place));
    members.push(character);
    place += character.length;
  }
  const allowed = negated ? [...kPrintable].filter((c) => !members.includes(c)) : members;
  return [allowed.length === 0 ? ['a'] : allowed, place + 1];
}

function countAt(pattern, at) {
  const braces = /^\{(\d+)(,(\d*))?\}/.exec(pattern.slice(at));
  if (braces !== null) {
    const low = Number(braces[1]);
    const high = braces[2] === undefined ? low : braces[3] === '' ? low + kMost : Number(braces[3]);
    return [low, high, at + braces[0].length];
  }
  const simple = { '*': [0, kMost], '+': [1, kMost], '?': [0, 1] }[pattern[at]];
  if (simple === undefined) return [1, 1, at];
  return [...simple, at + (pattern[at + 1] === '?' ? 2 : 1)];
}

// One atom as a function that draws it, and the place after it.
function atomAt(pattern, at, chance) {
  const c = pattern[at];
  if (c === '(') {
    const start = pattern.startsWith('(?:', at) ? at + 3 : at + 1;
    const [draw, next] = alternativesAt(pattern, start, chance);
    return [draw, next + 1];
  }
  if (c === '[') {
    const [members, next] = classAt(pattern, at);
    return [() => chance.of(members), next];
  }
  if (c === '\\') {
    const [members, next] = escapeAt(pattern, at);
    return [() => chance.of(members), next];
  }
  if (c === '.') return [() => chance.of([...kPrintable]), at + 1];
  if (c === '^' || c === '$') return [() => '', at + 1];
  return [() => c, at + 1];
}

function alternativesAt(pattern, start, chance) {
  const branches = [[]];
  let at = start;
  while (at < pattern.length && pattern[at] !== ')') {
    if (pattern[at] === '|') {
      branches.push([]);
      at += 1;
      continue;
    }
    const [draw, after] = atomAt(pattern, at, chance);
    const [low, high, next] = countAt(pattern, after);
    branches.at(-1).push({ draw, low, high });
    at = next;
  }
  const drawAll = () =>
    chance
      .of(branches)
      .map(({ draw, low, high }) =>
        Array.from({ length: chance.between(low, high) }, draw).join(''),
      )
      .join('');
  return [drawAll, at];
}

/** A text that `pattern` matches, if all of it was understood. */
export const sampleOf = (pattern, chance) => alternativesAt(pattern, 0, chance)[0]();

/** The patterns that an expression matches its own value against. */
export const patternsIn = (expression) =>
  [...expression.matchAll(/regex\(\s*(?:\.|\$\{[^}]+\})\s*,\s*(?:'([^']*)'|"([^"]*)")/g)].map(
    ([, a, b]) => a ?? b,
  );
