// The rules of the tus-protocol vectors against a running server.
//
//   node protocol.mjs [URL]      without URL a server is started; LANDFALL_PROGRAM names the program
//
// LANDFALL_VECTORS is where the vectors are (default: ../shared/vectors beside the repository).

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServerProcess } from './support/server-process.mjs';
import { runTusRules } from './support/tus-rules.mjs';

const kRepository = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const vectors = process.env.LANDFALL_VECTORS ?? path.join(kRepository, '..', 'shared', 'vectors');
const file = path.join(vectors, 'tus-protocol', 'rules.json');

async function runAgainst(url) {
  const { rules } = JSON.parse(readFileSync(file, 'utf8'));
  const results = await runTusRules(url, rules);
  const count = (outcome) => results.filter((result) => result.outcome === outcome).length;
  for (const { id, outcome, detail } of results) {
    if (outcome === 'fail' || outcome === 'unknown') console.error(`${id}: ${outcome}: ${detail}`);
  }
  console.log(
    `tus-protocol: ${results.length} rules, ${count('pass')} pass, ${count('not offered')} about extensions not offered, ${count('fail')} fail, ${count('unknown')} unknown`,
  );
  return results.length > 0 && count('fail') + count('unknown') === 0;
}

if (!existsSync(file)) {
  console.log(`protocol: no vectors in ${vectors} (set LANDFALL_VECTORS): nothing was tested`);
} else if (process.argv[2] !== undefined) {
  process.exitCode = (await runAgainst(process.argv[2])) ? 0 : 1;
} else {
  const server = await ServerProcess.prepare();
  try {
    await server.start();
    process.exitCode = (await runAgainst(server.url)) ? 0 : 1;
  } finally {
    await server.remove();
  }
}
