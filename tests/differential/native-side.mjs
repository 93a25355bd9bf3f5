// The native engine as a process: a command a line in, answers out.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Starts `program`, a build of native/replay.cpp. */
export function startNative(program) {
  const child = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = [];
  let fields = { news: [], parts: [] };
  let ended = null;

  createInterface({ input: child.stdout, crlfDelay: 0 }).on('line', (line) => {
    const [kind, ...rest] = line.split('\t');
    if (kind === 'T') fields.news.push(rest);
    if (kind === 'P') fields.parts.push(rest.join('\t'));
    if (kind !== 'D') return;
    const { resolve } = waiting.shift();
    resolve({ ...fields, digest: rest[0] });
    fields = { news: [], parts: [] };
  });
  const end = (reason) => {
    ended = new Error(reason);
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  child.on('error', (error) => end(String(error)));
  child.stdin.on('error', () => undefined);
  child.on('close', (code, signal) => end(`${program} ended (${code ?? signal})`));

  const ask = (line) =>
    new Promise((resolve, reject) => {
      if (ended !== null) return reject(ended);
      waiting.push({ resolve, reject });
      return child.stdin.write(`${line}\n`);
    });
  return {
    /** {news, digest} after an edit: ["package", path], ["open", options], ["change", json]. */
    apply: ([word, text]) => ask(`${word} ${text}`),
    /** What the last edit answered, state, verdict, fee, answers, draft. */
    parts: async () => (await ask('parts')).parts,
    /** Null when the state equals that of a form opened anew on the answers; else both states. */
    differenceFromFresh: async (options) => {
      const { digest, parts } = await ask(`fresh ${options}`);
      return digest === 'same' ? null : parts;
    },
    stop: () => child.stdin.end(),
  };
}
