// What a committed file does not say: unfinished work, switched-off tests, places of one machine.

import { readSource, sourceFiles } from './tree.mjs';

// Written in pieces, so that this file passes its own check.
const kForbidden = [
  [
    'unfinished work',
    new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`),
  ],
  [
    'a test that does not run',
    new RegExp(`\\b(it|test|describe)\\.(${'on' + 'ly|sk' + 'ip'})\\(|doctest::${'sk' + 'ip'}`),
  ],
  ['a failure that is swallowed', new RegExp(`\\|\\| tru${'e'}\\s*$`, 'm')],
  ['a place of one machine', new RegExp(`(^|[\\s"'=(])/(${'wo' + 'rk'}|home|root)/[a-z]`, 'm')],
  ["a registry's host", new RegExp(`https?://(${'regis' + 'try'}|d${'eb'})\\.`)],
];

const kText =
  /\.(h|cpp|c|def|ts|tsx|mjs|js|css|sh|cmake|txt|json|md|yaml|yml|html|sql)$|(^|\/)(dev|run)$/;
const kNotRead = /(^|\/)package-lock\.json$/;

/** The violations of the tree below `root`, one text each. */
export function checkWords(root) {
  return sourceFiles(root)
    .filter((file) => kText.test(file) && !kNotRead.test(file))
    .flatMap((file) => {
      const text = readSource(root, file);
      return kForbidden
        .filter(([, pattern]) => pattern.test(text))
        .map(([what, pattern]) => `${file}: ${what} (${pattern.exec(text)[0].trim()})`);
    });
}
