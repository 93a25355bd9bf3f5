/** What the server and the case office make of an application, through the program. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { required } from './stack';

const run = promisify(execFile);

export interface ProgramFinding {
  readonly path: string;
  readonly code: string;
  readonly severity: string;
  readonly params: Readonly<Record<string, string>>;
}

/** A verdict of the native engine. */
export interface Evaluated {
  readonly status: string;
  readonly findings: readonly ProgramFinding[];
  readonly answers: object;
}

/** Runs the program and reads what it prints; `allowed` are the exit codes that still print. */
async function printed(args: readonly string[], allowed: readonly number[]): Promise<string> {
  try {
    return (await run(required('LANDFALL_PROGRAM'), [...args])).stdout;
  } catch (error) {
    const failed = error as { readonly code: number; readonly stdout: string };
    if (allowed.includes(failed.code)) return failed.stdout;
    throw error;
  }
}

/** Case numbers of all submissions in a data folder. */
export async function caseNumbers(dataDir: string): Promise<readonly string[]> {
  const list = await printed(['submissions', 'list', '--data', dataDir], []);
  return [...list.matchAll(/\b\d{12}\b/g)].map(([number]) => number);
}

/** `landfall check TYPE VALUE --json`, as printed. */
export async function checkNatively(type: string, value: string, asOf: string): Promise<string> {
  return (await printed(['check', type, '--json', '--as-of', asOf, '--', value], [1])).trim();
}

/** `landfall eval` of the form on `answers`, flat, as a person typed them. */
export async function evaluateNatively(formId: string, answers: object): Promise<Evaluated> {
  const folder = await mkdtemp(path.join(tmpdir(), 'landfall-answers-'));
  try {
    const file = path.join(folder, 'answers.json');
    await writeFile(file, JSON.stringify(answers));
    const form = fileURLToPath(new URL(`../../../shared/packages/${formId}`, import.meta.url));
    return JSON.parse(await printed(['eval', form, file], [1])) as Evaluated;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface OpenedCase {
  readonly verdict: Pick<Evaluated, 'status' | 'findings'>;
  readonly answers: object;
  /** What this engine finds otherwise than the phone did. */
  readonly differences: readonly unknown[];
}

interface Office {
  readonly identity?: string;
  readonly packages?: string;
  /** A folder for the files that came with it; they stay sealed without one. */
  readonly files?: string;
  /** Whether the applicant is told that it was opened. */
  readonly tells?: boolean;
}

/** The desk's key, and the root that vouches for it. */
function desk(): readonly string[] {
  const keys = required('LANDFALL_DEV_KEYS');
  return ['--desk', path.join(keys, 'desk.json'), '--trust', path.join(keys, 'root.pub')];
}

/** Tells the applicant that the case cannot be read; the message. */
export async function tellUnreadable(dataDir: string, caseNumber: string): Promise<string> {
  const args = ['submissions', 'tell', caseNumber, 'unreadable', '--data', dataDir, ...desk()];
  return (await printed(args, [])).trim();
}

/** Opens a case, with the development key of the case office and the project's packages unless told. */
export async function openCase(
  dataDir: string,
  caseNumber: string,
  { identity, packages, files, tells }: Office = {},
): Promise<OpenedCase> {
  const key = identity ?? path.join(required('LANDFALL_DEV_KEYS'), 'case-office.identity');
  const by = ['-i', key, '--packages', packages ?? required('LANDFALL_PACKAGES')];
  const to = files === undefined ? [] : ['-o', files];
  const told = tells === true ? desk() : [];
  const args = ['submissions', 'open', '--data', dataDir, ...by, ...to, ...told, caseNumber];
  const out = await printed(args, [1]);
  return JSON.parse(out) as OpenedCase;
}
