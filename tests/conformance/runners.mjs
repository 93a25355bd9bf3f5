// Runs rows through the native runner and through the wasm test build, and survives both stopping.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { givenFor } from './packages.mjs';

const kStopped = { passed: false, observed: 'the program stopped' };
const kMaxOutputBytes = 1 << 30;

/** One row as the runners read it: a line of JSON. */
function requestLine({ suite, file, group, row, file_members }) {
  return JSON.stringify({ suite, file, group, row, file_members, ...givenFor(suite, file, row) });
}

/**
 * Answers of the native runner, one a row. A row at which it stopped is answered as such, and the
 * rest goes to a new process.
 */
export function runNative(program, rows) {
  const answers = [];
  while (answers.length < rows.length) {
    const rest = rows.slice(answers.length);
    const run = spawnSync(program, [], {
      input: rest.map((row) => `${requestLine(row)}\n`).join(''),
      maxBuffer: kMaxOutputBytes,
      encoding: 'utf8',
    });
    if (run.error !== undefined && run.error.code !== 'EPIPE') throw run.error;
    const lines = run.stdout.split('\n').slice(0, -1);
    answers.push(...lines.slice(0, rest.length).map((line) => JSON.parse(line)));
    if (answers.length < rows.length) answers.push(kStopped);
  }
  return answers;
}

function imports(memory) {
  return {
    env: { emscripten_notify_memory_growth: () => undefined },
    wasi_snapshot_preview1: {
      fd_close: () => 0,
      fd_seek: () => 70,
      fd_write: (fd, vectors, count, written) => {
        const view = new DataView(memory().buffer);
        let total = 0;
        for (let i = 0; i < count; i += 1) total += view.getUint32(vectors + 8 * i + 4, true);
        view.setUint32(written, total, true);
        return 0;
      },
      proc_exit: () => {
        throw new WebAssembly.RuntimeError('exit');
      },
    },
  };
}

function instantiate(module) {
  let memory = null;
  const instance = new WebAssembly.Instance(
    module,
    imports(() => memory),
  );
  memory = instance.exports.memory;
  instance.exports._initialize();
  return instance.exports;
}

function callCase(exports, line) {
  const bytes = new TextEncoder().encode(line);
  const argument = exports.lf_alloc(bytes.length);
  new Uint8Array(exports.memory.buffer, argument, bytes.length).set(bytes);
  const result = exports.lf_conformance_case(argument, bytes.length);
  const data = exports.lf_result_data(result);
  const size = exports.lf_result_size(result);
  const text = new TextDecoder().decode(exports.memory.buffer.slice(data, data + size));
  exports.lf_result_free(result);
  exports.lf_free(argument);
  return JSON.parse(text);
}

/** Answers of the wasm test build, one a row; a trap is answered as such, in a new instance after it. */
export function runWasm(file, rows) {
  const module = new WebAssembly.Module(readFileSync(file));
  let exports = instantiate(module);
  return rows.map((row) => {
    try {
      return callCase(exports, requestLine(row));
    } catch (cause) {
      if (!(cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError)) throw cause;
      exports = instantiate(module);
      return kStopped;
    }
  });
}
