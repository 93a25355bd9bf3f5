/** The processes of one browser, found by its profile and its process group; Linux only. */
import { readFile, readdir } from 'node:fs/promises';

const kGoneMs = 10_000;

interface ProcessFacts {
  readonly pid: number;
  readonly group: number;
  readonly args: readonly string[];
}

/** What /proc says of a process; null when it is gone, or only waits to be collected. */
async function factsOf(pid: number): Promise<ProcessFacts | null> {
  try {
    const [stat, cmdline] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    // The name in brackets may hold anything, brackets included: fields are counted after the last.
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || group === undefined) return null;
    return { pid, group: Number(group), args: cmdline.split('\0') };
  } catch {
    return null;
  }
}

/** Every living process of the browser that runs on `profileDir`, helpers included. */
export async function browserProcesses(profileDir: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map(factsOf))).filter((facts) => facts !== null);
  const named = all.filter(({ args }) => args.some((arg) => arg.includes(profileDir)));
  // Renderers are not told the profile, but Playwright starts each browser in a group of its own.
  const main = named.find(({ args }) => !args.some((arg) => arg.startsWith('--type=')));
  const isOurs = (facts: ProcessFacts): boolean =>
    named.includes(facts) || (main?.pid === main?.group && facts.group === main?.pid);
  return all.filter(isOurs).map(({ pid }) => pid);
}

/**
 * Ends all of them at once with SIGKILL, so that none may tidy up, and waits until they are gone.
 * @returns how many there were
 */
export async function killBrowser(profileDir: string): Promise<number> {
  const pids = await browserProcesses(profileDir);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with another one of them.
    }
  }
  const until = Date.now() + kGoneMs;
  while ((await browserProcesses(profileDir)).length > 0) {
    if (Date.now() > until) throw new Error('the browser survived SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return pids.length;
}
