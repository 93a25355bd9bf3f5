// How much memory a sealing and an opening program take beyond what they start with, while as many
// bytes as wanted flow through both.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const kPieceBytes = 1 << 20;
const kLookEveryMs = 5;
// Looks in a row at which a process must wait for input, so that it does not only wait for the disk.
const kLooks = 4;

function read(pid, what) {
  return readFileSync(`/proc/${pid}/${what}`, 'utf8');
}

/** The most memory that process `pid` has held at once so far, in bytes. */
function peakBytes(pid) {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(read(pid, 'status'))[1]) * 1024;
}

/** Waits until the program that `pid` runs, no longer a copy of this one, waits for its input. */
async function untilItWaits(pid, program) {
  for (let seen = 0; seen < kLooks;) {
    await sleep(kLookEveryMs);
    const runs = read(pid, 'cmdline').startsWith(program);
    seen = runs && /\) S /.test(read(pid, 'stat')) ? seen + 1 : 0;
  }
}

async function begin([program, ...args]) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close').then(([code]) => code);
  await once(child, 'spawn');
  await untilItWaits(child.pid, program);
  const before = peakBytes(child.pid);
  // Taken while the last input has been worked off, but its end has not come.
  const grown = async () => {
    await untilItWaits(child.pid, program);
    return peakBytes(child.pid) - before;
  };
  return { child, ended, grown };
}

async function feed(stdin, megabytes) {
  const piece = Buffer.alloc(kPieceBytes, 7);
  for (let i = 0; i < megabytes; i += 1) {
    if (!stdin.write(piece)) await once(stdin, 'drain');
  }
}

/** A stream's bytes, counted, and whether each was the one that was fed. */
function check(stream) {
  const found = { bytes: 0, same: true };
  stream.on('data', (chunk) => {
    found.bytes += chunk.length;
    found.same &&= chunk.every((byte) => byte === 7);
  });
  return found;
}

/**
 * Sends `megabytes` MiB through `seal` and `open`, two commands as lists of words.
 *
 * @returns {Promise<{seal: number, open: number, bytes: number, same: boolean}>} the growth of each
 * in bytes, how many bytes came out, and whether they were those that went in
 */
export async function peakMemory({ seal, open, megabytes }) {
  const sealer = await begin(seal);
  const opener = await begin(open);
  sealer.child.stdout.pipe(opener.child.stdin, { end: false });
  const found = check(opener.child.stdout);

  await feed(sealer.child.stdin, megabytes);
  const sealGrown = await sealer.grown();
  sealer.child.stdin.end();
  const sealed = await sealer.ended;
  const openGrown = await opener.grown();
  opener.child.stdin.end();
  const opened = await opener.ended;

  if (sealed !== 0 || opened !== 0) {
    throw new Error(`sealing ended with ${sealed}, opening with ${opened}`);
  }
  return { seal: sealGrown, open: openGrown, ...found };
}
