/** What the case office sees, through the program. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { required } from './stack';

const run = promisify(execFile);

/** Case numbers of all submissions in a data folder. */
export async function caseNumbers(dataDir: string): Promise<readonly string[]> {
  const { stdout } = await run(required('LANDFALL_PROGRAM'), [
    'submissions',
    'list',
    '--data',
    dataDir,
  ]);
  return [...stdout.matchAll(/\b\d{12}\b/g)].map(([number]) => number);
}
