// kill -9, many times, while devices back up their vaults: what was acknowledged is there, whole.
//
// LANDFALL_PROGRAM names the program; LANDFALL_KILLS how often it is killed (default 20).

import { setTimeout as sleep } from 'node:timers/promises';
import { ServerProcess } from './support/server-process.mjs';
import { backupFiles, checkVault, newVault, nextVersion, putUntilKept } from './support/vaults.mjs';

const kKills = Number(process.env.LANDFALL_KILLS ?? 20);
const kVaults = 6;
// Large enough that a kill often comes while one arrives.
const kMostBytes = 3_000_000;

const server = await ServerProcess.prepare();
let failed = true;
try {
  await server.start();
  const vaults = Array.from({ length: kVaults }, newVault);
  const violations = [];
  let isOver = false;
  let kept = 0;

  const devices = vaults.map(async (vault) => {
    while (!isOver) {
      const version = nextVersion(vault, 1 + Math.floor(Math.random() * kMostBytes));
      await putUntilKept(server, vault, version);
      kept += 1;
    }
  });
  const isUnfinished = (name) => name.endsWith('.new');
  let unfinished = 0;
  for (let kill = 0; kill < kKills; kill += 1) {
    await sleep(20 + Math.random() * 200);
    await server.end('SIGKILL');
    unfinished += backupFiles(server.data).filter(isUnfinished).length;
    await server.start();
    for (const vault of vaults) await checkVault(server, vault, violations);
  }
  isOver = true;
  await Promise.all(devices);

  await server.end('SIGKILL');
  await server.start();
  for (const vault of vaults) await checkVault(server, vault, violations);
  const files = backupFiles(server.data);
  if (files.length !== kVaults) violations.push(`${files.length} files for ${kVaults} vaults`);
  const exitCode = await server.end('SIGTERM');
  if (exitCode !== 0) violations.push(`asked to stop, the server ended with ${exitCode}`);
  for (const violation of violations.slice(0, 20)) console.error(violation);
  console.log(
    `vault crash: ${kKills} kills, ${kept} versions kept, ${unfinished} cut off as they arrived, ${violations.length} violations`,
  );
  failed = violations.length > 0 || kept < kKills || unfinished === 0;
} finally {
  await server.remove();
}
process.exitCode = failed ? 1 : 0;
