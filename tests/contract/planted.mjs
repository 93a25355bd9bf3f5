// A small tree for the tests of the checks: right as it is, until a test plants something.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generatedCodes, kGeneratedCodes } from './codes.mjs';

const kHeader = `// Says what this header is for.

#ifndef LANDFALL_SHARED_BASE_A_H_
#define LANDFALL_SHARED_BASE_A_H_

#endif  // LANDFALL_SHARED_BASE_A_H_
`;

const kFiles = {
  'shared/base/a.h': kHeader,
  'shared/base/README.md': '# base\n',
  'tests/contract/README.md': '# contract\n',
  'shared/base/error_codes.def': 'LANDFALL_ERROR(too_large, 413)\n',
  'shared/base/server_error_codes.def': '',
  'shared/base/module_error_codes.def': '',
  'shared/base/finding_codes.def': 'LANDFALL_FINDING(required)\n',
  'shared/text/README.md': '# text\n',
  'shared/text/b.cpp': '#include <sodium.h>\n\n#include "shared/base/a.h"\n',
  'tests/contract/layers.txt':
    '# comment\nshared/base:\nshared/text: shared/base\n\nonly sodium.h = shared/text/b.cpp\n',
  'server/openapi.yaml':
    '    Problem:\n      properties:\n        code:\n          type: string\n          enum:\n            - too_large\n',
  'i18n/en/problems.json': '{"problem.too_large": "Too large: {size}"}',
  'i18n/en/findings.json':
    '{"finding.required": "{n, plural, one {One answer} other {# answers}}"}',
  'i18n/zh-Hant/problems.json': '{"problem.too_large": "太大：{size}"}',
  'i18n/zh-Hant/findings.json': '{"finding.required": "{n, plural, other {# 題}}"}',
};

/**
 * Makes the tree with `files` laid over it, hands its root to `use`, and takes it away again.
 *
 * @param {Record<string, string>} files
 * @param {(root: string) => unknown} use
 */
export function withTree(files, use) {
  const root = mkdtempSync(path.join(tmpdir(), 'landfall-contract-'));
  const write = (file, text) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  try {
    for (const [file, text] of Object.entries({ ...kFiles, ...files })) write(file, text);
    if (!(kGeneratedCodes in files)) write(kGeneratedCodes, generatedCodes(root));
    return use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}
