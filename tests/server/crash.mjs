// kill -9, many times, while applicants send: each submission with a receipt is there, none twice.
//
// LANDFALL_PROGRAM names the program; LANDFALL_KILLS how often it is killed (default 20).

import { setTimeout as sleep } from 'node:timers/promises';
import { newSubmission, sendUntilReceived } from './support/applicants.mjs';
import { checkReceived } from './support/received-checks.mjs';
import { ServerProcess } from './support/server-process.mjs';

const kKills = Number(process.env.LANDFALL_KILLS ?? 20);
const kApplicants = 6;

const server = await ServerProcess.prepare();
let failed = true;
try {
  await server.start();
  const received = [];
  let isOver = false;

  const applicants = Array.from({ length: kApplicants }, async () => {
    while (!isOver) {
      const submission = newSubmission(server.form);
      // Even after the last kill everyone goes on until there is an answer.
      await sendUntilReceived(server, submission, () => false);
      received.push(submission);
    }
  });
  const counts = [];
  for (let kill = 0; kill < kKills; kill += 1) {
    await sleep(30 + Math.random() * 300);
    await server.end('SIGKILL');
    counts.push(received.length);
    await server.start();
  }
  isOver = true;
  await Promise.all(applicants);

  // One more restart, so that what is checked was read from the disk.
  await server.end('SIGKILL');
  await server.start();
  const { violations, size } = await checkReceived(server, server.data, received);
  if (size !== received.length)
    violations.push(`${received.length} submissions, ${size} in the log`);
  const exitCode = await server.end('SIGTERM');
  if (exitCode !== 0) violations.push(`asked to stop, the server ended with ${exitCode}`);
  for (const violation of violations.slice(0, 20)) console.error(violation);
  console.log(
    `crash: ${kKills} kills, ${received.length} submissions with receipt, ${size} in the log, ${violations.length} violations`,
  );
  failed = violations.length > 0 || received.length < kKills;
} finally {
  await server.remove();
}
process.exitCode = failed ? 1 : 0;
