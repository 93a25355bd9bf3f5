// The command line against Debian's age: speed from file to nowhere, and memory.

import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { peakMemory } from '../../support/peak-memory.mjs';

const kRounds = 3;

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Seconds that `command` takes to read `from` and write `to`. */
function secondsOf([program, ...args], from, to) {
  const descriptors = [openSync(from, 'r'), openSync(to, 'w')];
  const started = performance.now();
  const { status } = spawnSync(program, args, { stdio: [...descriptors, 'inherit'] });
  const seconds = (performance.now() - started) / 1000;
  for (const descriptor of descriptors) closeSync(descriptor);
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
  return seconds;
}

function speeds(ours, theirs, from, megabytes) {
  const times = { ours: [], theirs: [] };
  for (let round = 0; round < kRounds; round += 1) {
    times.ours.push(secondsOf(ours, from, '/dev/null'));
    times.theirs.push(secondsOf(theirs, from, '/dev/null'));
  }
  const speed = (values) => (megabytes * 1.048576) / median(values);
  return { ours: speed(times.ours), theirs: speed(times.theirs) };
}

/** {seal, open}: {ours, theirs} in MB/s, and in bytes of memory above the start; of `megabytes` MiB. */
export async function measureNative(program, megabytes) {
  const folder = mkdtempSync(path.join(tmpdir(), 'landfall-bench-'));
  try {
    const file = (name) => path.join(folder, name);
    execFileSync(program, ['keygen', 'sealing', '-o', file('me.json')], { stdio: 'ignore' });
    const { public: recipient } = JSON.parse(readFileSync(file('me.json'), 'utf8'));
    const ours = {
      seal: [program, 'seal', '-r', recipient],
      open: [program, 'open', '-i', file('me.identity')],
    };
    const theirs = {
      seal: ['age', '-r', recipient],
      open: ['age', '-d', '-i', file('me.identity')],
    };
    writeFileSync(file('plain'), Buffer.alloc(megabytes << 20, 7));
    secondsOf(ours.seal, file('plain'), file('sealed'));
    return {
      speed: {
        seal: speeds(ours.seal, theirs.seal, file('plain'), megabytes),
        open: speeds(ours.open, theirs.open, file('sealed'), megabytes),
      },
      growth: {
        ours: await peakMemory({ ...ours, megabytes }),
        theirs: await peakMemory({ ...theirs, megabytes }),
      },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
