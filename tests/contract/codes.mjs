// The error and finding codes as the core declares them, and the TypeScript made from them.

import { readSource } from './tree.mjs';

export const kGeneratedCodes = 'web/src/api/codes.gen.ts';

/** [{name, status}] of one list of error codes. */
function codesIn(root, file) {
  const text = readSource(root, `shared/base/${file}`);
  return [...text.matchAll(/^LANDFALL_ERROR\((\w+), (\d+)\)/gm)].map(([, name, status]) => ({
    name,
    status: Number(status),
  }));
}

/** [{name, status}] of the codes that only the server gives. */
export function serverErrorCodes(root) {
  return codesIn(root, 'server_error_codes.def');
}

/** [{name, status}] of every error code that a request may be answered with. */
export function errorCodes(root) {
  return [...codesIn(root, 'error_codes.def'), ...serverErrorCodes(root)];
}

/** [{name, status}] of the codes that only the module of the vault gives. */
export function vaultErrorCodes(root) {
  return codesIn(root, 'module_error_codes.def');
}

/** Names of finding_codes.def. */
export function findingCodes(root) {
  const text = readSource(root, 'shared/base/finding_codes.def');
  return [...text.matchAll(/^LANDFALL_FINDING\((\w+)\)/gm)].map(([, name]) => name);
}

function list(name, type, values) {
  const lines = values.map((value) => `  '${value}',`).join('\n');
  return `export const ${name} = [\n${lines}\n] as const;\n\nexport type ${type} = (typeof ${name})[number];\n`;
}

/** The text of codes.gen.ts. */
export function generatedCodes(root) {
  const errors = [...errorCodes(root), ...vaultErrorCodes(root)].map(({ name }) => name).sort();
  const findings = findingCodes(root).sort();
  return [
    '/** Made by .dev/generate-codes.mjs from shared/base/*.def; a check compares them. */\n',
    list('kErrorCodes', 'ErrorCode', errors),
    list('kFindingCodes', 'FindingCode', findings),
  ].join('\n');
}
