// The command line, tried from outside: what each command prints and how it ends.
//
//   LANDFALL_PROGRAM=build/dev/bin/landfall node transcripts.mjs [PART OF A NAME]
//
// Needs the age program, and jose and age-encryption of npm (web/node_modules). Ends with "N passed, N failed".

import { kProgram, runAll, versionOf } from './transcripts/harness.mjs';

import './transcripts/usage.mjs';
import './transcripts/keys.mjs';
import './transcripts/messages.mjs';
import './transcripts/handover.mjs';
import './transcripts/sealing.mjs';
import './transcripts/damaged.mjs';
import './transcripts/typage.mjs';
import './transcripts/memory.mjs';
import './transcripts/json.mjs';
import './transcripts/values.mjs';
import './transcripts/packages.mjs';
import './transcripts/imports.mjs';
import './transcripts/xlsform.mjs';
import './transcripts/verify.mjs';
import './transcripts/received.mjs';
import './transcripts/carried.mjs';
import './transcripts/log.mjs';
import './transcripts/restored.mjs';
import './transcripts/builds.mjs';

if (kProgram === undefined) {
  console.error('LANDFALL_PROGRAM must name the built program');
  process.exit(2);
}
versionOf('age');

const { passed, failed } = await runAll(process.argv[2]);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
