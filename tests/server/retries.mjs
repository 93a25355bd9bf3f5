// The connection drops after the server has committed and before its answer arrives; the applicant
// tries again from two tabs at once. One case, one charge, one receipt (pains.md, test 6).

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { newSubmission, sendUntilReceived } from './support/applicants.mjs';
import { checkReceived } from './support/received-checks.mjs';
import { ServerProcess } from './support/server-process.mjs';

const kSubmissions = 20;
const kTriesPerTab = 5;

/** Posts the manifest and hangs up without reading what comes back. */
function postAndHangUp(url, manifest) {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write(
        `POST /api/v1/submissions HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\nContent-Length: ${manifest.length}\r\n\r\n${manifest}`,
        () => {
          setTimeout(() => {
            socket.resetAndDestroy();
            resolve();
          }, Math.random() * 20);
        },
      );
    });
    socket.on('error', () => resolve());
  });
}

const server = await ServerProcess.prepare();
try {
  await server.start();
  const submissions = [];
  for (let i = 0; i < kSubmissions; i += 1) {
    const submission = newSubmission(server.form);
    submissions.push(submission);
    // Brings the parts along: the first try of a client whose answer is then lost.
    const tries = Array.from({ length: 2 }, async () => {
      for (let attempt = 0; attempt < kTriesPerTab; attempt += 1) {
        await postAndHangUp(server.url, submission.manifest);
        await sendUntilReceived(server, submission, () => false);
      }
    });
    await Promise.all(tries);
    assert.equal(submission.receipts.size, 1);
  }
  const { violations, size } = await checkReceived(server, server.data, submissions);
  assert.deepEqual(violations, []);
  assert.equal(size, kSubmissions);
  console.log(
    `retries: ${kSubmissions} submissions, ${kSubmissions * 2 * kTriesPerTab * 2} posts, ${size} cases`,
  );
} finally {
  await server.remove();
}
