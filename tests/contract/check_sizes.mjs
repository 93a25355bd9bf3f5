// Files end at 600 lines and functions at 80; a folder's README at 60.

import { readSource, sourceFiles } from './tree.mjs';

const kMaxFileLines = 600;
const kMaxFunctionLines = 80;
const kMaxReadmeLines = 60;

const kCode = /\.(h|cpp|c|ts|tsx|mjs|js|css|sh)$/;
const kCpp = /\.(h|cpp)$/;
const kScript = /\.(ts|tsx|mjs|js)$/;
const kGenerated = /\.gen\.[a-z]+$/;

const kCppOther =
  /^\s*(namespace|class|struct|enum|union|extern|using|typedef|if|for|while|switch|do|else|return|case|default|#|\/\/|\}|\{|\)|public|private|protected)/;
// A `describe` is a chapter of tests, not a function; each test in it is one.
const kScriptOpening =
  /^( {0,2})(export )?(async )?(function\b.*|const \w+ = (async )?\(.*|(static )?(async )?(?!describe\()\w+\(.*)\{$/;

const lineCount = (text) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

// Where a function opens on line `index` of C++: {indent, open} with the line of its "{", or null.
// Functions stand at the left margin or, in a class, two columns from it, as clang-format lays out.
function cppOpening(lines, index) {
  const indent = /^(?: {2})?(?=\S)/.exec(lines[index]);
  if (indent === null || kCppOther.test(lines[index]) || !lines[index].includes('(')) return null;
  for (let open = index; open < Math.min(index + 12, lines.length); open += 1) {
    if (/[;}]\s*$/.test(lines[open])) return null;
    if (lines[open].endsWith('{')) return { indent: indent[0], open };
  }
  return null;
}

function scriptOpening(lines, index) {
  const match = kScriptOpening.exec(lines[index]);
  const control = /^\s*(if|for|while|switch|catch|return)\b/.test(lines[index]);
  return match === null || control ? null : { indent: match[1], open: index };
}

// Functions longer than the ceiling; each closes with "}" in the column in which it opened.
function longFunctions(file, text, opening) {
  const lines = text.split('\n');
  const violations = [];
  for (let index = 0; index < lines.length; index += 1) {
    const found = opening(lines, index);
    if (found === null) continue;
    const close = lines.findIndex(
      (line, at) => at > found.open && line.startsWith(`${found.indent}}`),
    );
    if (close < 0) continue;
    const count = close - index + 1;
    if (count > kMaxFunctionLines) {
      violations.push(
        `${file}:${index + 1}: a function of ${count} lines (at most ${kMaxFunctionLines})`,
      );
    }
    index = close;
  }
  return violations;
}

function checkCode(file, text) {
  const violations = [];
  const excused = /^(\/\/|#) Longer than \d+ lines because .+/m.test(text.slice(0, 400));
  if (lineCount(text) > kMaxFileLines && !excused) {
    violations.push(`${file}: ${lineCount(text)} lines (at most ${kMaxFileLines})`);
  }
  if (kCpp.test(file)) violations.push(...longFunctions(file, text, cppOpening));
  if (kScript.test(file)) violations.push(...longFunctions(file, text, scriptOpening));
  return violations;
}

/** The violations of the tree below `root`, one text each. */
export function checkSizes(root) {
  return sourceFiles(root).flatMap((file) => {
    if (kGenerated.test(file)) return [];
    if (kCode.test(file)) return checkCode(file, readSource(root, file));
    if (/\/README\.md$/.test(file) && lineCount(readSource(root, file)) > kMaxReadmeLines) {
      return [`${file}: longer than ${kMaxReadmeLines} lines`];
    }
    return [];
  });
}
