// Turns server/openapi.yaml into JSON, or into the C++ file that embeds it:
//   node openapi_to_json.mjs openapi.yaml OUT.json|OUT.cpp
//
// Reads the subset of YAML the contract is written in (block maps and lists, flow maps and lists,
// plain and quoted scalars, ">-" folding) and refuses everything else, so that nothing is guessed.
import { readFileSync, writeFileSync } from 'node:fs';

class YamlError extends Error {}

function parseYaml(text) {
  const lines = [];
  text.split('\n').forEach((raw, index) => {
    if (/^\s*(#|$)/.test(raw)) return;
    if (raw.includes('\t')) throw new YamlError(`line ${index + 1}: tab`);
    lines.push({ number: index + 1, indent: raw.search(/\S/), text: raw.trim() });
  });
  const cursor = { lines, at: 0 };
  const value = parseBlock(cursor, 0);
  if (cursor.at !== lines.length) throw new YamlError(`line ${lines[cursor.at].number}: indentation`);
  return value;
}

function parseBlock(cursor, indent) {
  const first = cursor.lines[cursor.at];
  return first.text.startsWith('- ') ? parseList(cursor, indent) : parseMap(cursor, indent);
}

function parseList(cursor, indent) {
  const list = [];
  for (;;) {
    const line = cursor.lines[cursor.at];
    if (line === undefined || line.indent < indent) return list;
    if (line.indent > indent || !line.text.startsWith('- ')) fail(line, 'expected a list item');
    const rest = line.text.slice(2);
    if (splitKey(rest) === null) {
      cursor.at += 1;
      list.push(parseScalar(rest, line));
    } else {
      // A map that begins on the dash's line: its members stand two columns further right.
      cursor.lines[cursor.at] = { ...line, indent: indent + 2, text: rest };
      list.push(parseMap(cursor, indent + 2));
    }
  }
}

function parseMap(cursor, indent) {
  const map = {};
  for (;;) {
    const line = cursor.lines[cursor.at];
    if (line === undefined || line.indent < indent) return map;
    if (line.indent > indent) fail(line, 'indentation');
    const pair = splitKey(line.text);
    if (pair === null) fail(line, 'expected "key:"');
    const [key, rest] = pair;
    if (Object.hasOwn(map, key)) fail(line, `"${key}" twice`);
    cursor.at += 1;
    map[key] = parseMember(cursor, indent, rest, line);
  }
}

function parseMember(cursor, indent, rest, line) {
  if (rest === '>-') return parseFolded(cursor, indent);
  if (rest !== '') return parseScalar(rest, line);
  const next = cursor.lines[cursor.at];
  if (next === undefined || next.indent <= indent) fail(line, 'a member without value');
  return parseBlock(cursor, next.indent);
}

function parseFolded(cursor, indent) {
  const words = [];
  while (cursor.lines[cursor.at]?.indent > indent) words.push(cursor.lines[cursor.at++].text);
  return words.join(' ');
}

/** "key: rest" or "key:" as [key, rest]; null for anything else. Keys may be quoted. */
function splitKey(text) {
  const match = /^(?:'([^']*)'|([A-Za-z0-9_$/{}.+-]+)):(?: (.*))?$/.exec(text);
  return match === null ? null : [match[1] ?? match[2], (match[3] ?? '').trim()];
}

function parseScalar(text, line) {
  const state = { text, at: 0, line };
  const value = parseFlow(state, '');
  if (state.at !== text.length) fail(line, `unexpected "${text.slice(state.at)}"`);
  return value;
}

function parseFlow(state, stops) {
  const start = state.text[state.at];
  if (start === '{') return parseFlowMap(state);
  if (start === '[') return parseFlowList(state);
  if (start === "'") return parseQuoted(state);
  if (start === '"' || start === '&' || start === '*' || start === '!' || start === '|') {
    fail(state.line, `"${start}" is not in the subset`);
  }
  let end = state.at;
  while (end < state.text.length && !stops.includes(state.text[end])) end += 1;
  const plain = state.text.slice(state.at, end).trim();
  if (/(: |:$| #)/.test(plain)) fail(state.line, `"${plain}" must be quoted`);
  state.at = end;
  if (/^-?\d+$/.test(plain)) return Number(plain);
  if (plain === 'true' || plain === 'false') return plain === 'true';
  if (plain === '' || plain === 'null' || plain === '~') fail(state.line, 'an empty value');
  return plain;
}

function parseQuoted(state) {
  const match = /^'((?:[^']|'')*)'/.exec(state.text.slice(state.at));
  if (match === null) fail(state.line, 'an open quote');
  state.at += match[0].length;
  return match[1].replaceAll("''", "'");
}

function skipSpaces(state) {
  while (state.text[state.at] === ' ') state.at += 1;
}

function parseFlowMap(state) {
  const map = {};
  state.at += 1;
  for (;;) {
    skipSpaces(state);
    if (state.text[state.at] === '}') break;
    const match = /^(?:'([^']*)'|([A-Za-z0-9_$/.+-]+)): */.exec(state.text.slice(state.at));
    if (match === null) fail(state.line, 'expected "key: " in { }');
    state.at += match[0].length;
    map[match[1] ?? match[2]] = parseFlow(state, ',}');
    skipSpaces(state);
    if (state.text[state.at] === ',') state.at += 1;
    else if (state.text[state.at] !== '}') fail(state.line, 'expected "," or "}"');
  }
  state.at += 1;
  return map;
}

function parseFlowList(state) {
  const list = [];
  state.at += 1;
  for (;;) {
    skipSpaces(state);
    if (state.text[state.at] === ']') break;
    list.push(parseFlow(state, ',]'));
    skipSpaces(state);
    if (state.text[state.at] === ',') state.at += 1;
    else if (state.text[state.at] !== ']') fail(state.line, 'expected "," or "]"');
  }
  state.at += 1;
  return list;
}

function fail(line, what) {
  throw new YamlError(`line ${line.number}: ${what}`);
}

function cppFile(json) {
  return [
    '#include "server/http/api.h"',
    '',
    'namespace landfall {',
    `std::string_view openapi_json() { return R"json(${json})json"; }`,
    '}  // namespace landfall',
    '',
  ].join('\n');
}

const [input, output] = process.argv.slice(2);
const json = JSON.stringify(parseYaml(readFileSync(input, 'utf8')));
writeFileSync(output, output.endsWith('.cpp') ? cppFile(json) : json);
