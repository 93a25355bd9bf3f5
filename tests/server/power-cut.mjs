// The power goes at random moments and the disk keeps only what was fsynced (see fsync_shim.c):
// each submission with a receipt is whole, and each vault's backup that was acknowledged or a newer
// one. With any one of the five fsyncs turned off, they are not.
//
// LANDFALL_PROGRAM and LANDFALL_FSYNC_SHIM name the built things; LANDFALL_CUTS how often the power
// goes (default 12).

import { existsSync, mkdirSync, readFileSync, rmSync, copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newSubmission, sendUntilReceived } from './support/applicants.mjs';
import { checkReceived } from './support/received-checks.mjs';
import { ServerProcess } from './support/server-process.mjs';
import { checkVault, newVault, nextVersion, putUntilKept } from './support/vaults.mjs';

const kCuts = Number(process.env.LANDFALL_CUTS ?? 12);
const kCutsWithFault = 3;
const kApplicants = 4;
const kVaults = 2;
const kBackupBytes = 20_000;
const kShim = process.env.LANDFALL_FSYNC_SHIM;
if (!kShim) throw new Error('LANDFALL_FSYNC_SHIM does not name the built shim');

/** Builds `target` as the disk `image` has it: names from synced folders, bytes from synced files. */
function restore(image, key, target) {
  mkdirSync(target, { recursive: true });
  const listing = path.join(image, 'folders', key);
  if (!existsSync(listing)) return;
  for (const line of readFileSync(listing, 'utf8').split('\n').filter(Boolean)) {
    const [kind, entryKey, name] = line.split(' ');
    const place = path.join(target, name);
    const bytes = path.join(image, 'inodes', entryKey);
    if (kind === 'folder') restore(image, entryKey, place);
    else if (existsSync(bytes)) copyFileSync(bytes, place);
    else writeFileSync(place, '');
  }
}

/** One run until the power goes; returns what the applicants had, and the folder the disk kept. */
async function runUntilCut(server, number, swallow) {
  const data = path.join(server.folder, `data-${number}`);
  const image = path.join(server.folder, `image-${number}`);
  for (const folder of [data, image, path.join(image, 'inodes'), path.join(image, 'folders')])
    mkdirSync(folder);
  await server.start({
    data,
    env: {
      LD_PRELOAD: kShim,
      LANDFALL_SHIM_ROOT: data,
      LANDFALL_SHIM_IMAGE: image,
      LANDFALL_SHIM_SWALLOW: swallow,
    },
  });
  const received = [];
  let isOver = false;
  const applicants = Array.from({ length: kApplicants }, async () => {
    while (!isOver) {
      const submission = newSubmission(server.form);
      if (await sendUntilReceived(server, submission, () => isOver)) received.push(submission);
    }
  });
  const vaults = Array.from({ length: kVaults }, newVault);
  const devices = vaults.map(async (vault) => {
    while (!isOver)
      await putUntilKept(server, vault, nextVersion(vault, kBackupBytes), () => isOver);
  });
  await sleep(300 + Math.random() * 700);
  await server.end('SIGKILL');
  isOver = true;
  await Promise.all([...applicants, ...devices]);
  const kept = path.join(server.folder, `kept-${number}`);
  const rootKey = readFileSync(path.join(image, 'root'), 'utf8');
  restore(image, rootKey, kept);
  for (const folder of [data, image]) rmSync(folder, { recursive: true });
  return { received, vaults, kept };
}

/** Starts again on what the disk kept and says what is wrong. */
async function violationsAfterCut(server, number, swallow) {
  const { received, vaults, kept } = await runUntilCut(server, number, swallow);
  const backups = vaults.filter(({ acknowledged }) => acknowledged !== null).length;
  try {
    await server.start({ data: kept });
    const { violations } = await checkReceived(server, kept, received);
    for (const vault of vaults) await checkVault(server, vault, violations);
    return { received: received.length, backups, violations };
  } catch (problem) {
    return { received: received.length, backups, violations: [String(problem)] };
  } finally {
    await server.end('SIGKILL');
    rmSync(kept, { recursive: true });
  }
}

const server = await ServerProcess.prepare();
let failures = 0;
let number = 0;
try {
  let receipts = 0;
  let vaults = 0;
  const found = [];
  for (let cut = 0; cut < kCuts; cut += 1) {
    const { received, backups, violations } = await violationsAfterCut(server, number++, '');
    receipts += received;
    vaults += backups;
    found.push(...violations);
  }
  for (const violation of found.slice(0, 20)) console.error(violation);
  console.log(
    `power cut: ${kCuts} cuts, ${receipts} submissions with receipt, ${vaults} vaults with a backup, ${found.length} violations`,
  );
  if (found.length > 0 || receipts < kCuts || vaults < kCuts) failures += 1;

  for (const swallow of ['upload', 'shelf', 'backup', 'vaults', 'wal']) {
    let lost = 0;
    for (let cut = 0; cut < kCutsWithFault; cut += 1) {
      lost += (await violationsAfterCut(server, number++, swallow)).violations.length;
    }
    console.log(
      `power cut without the fsync "${swallow}": ${lost} violations found${lost === 0 ? ' — the test sees nothing' : ''}`,
    );
    if (lost === 0) failures += 1;
  }
} finally {
  await server.remove();
}
process.exitCode = failures === 0 ? 0 : 1;
