// The core module for measurements: calls without the bindings, so that only the module is timed.

import { readFileSync } from 'node:fs';

// Nothing measured here needs the module of functions.
const kImports = {
  landfall: { compute: () => -1 },
  env: { emscripten_notify_memory_growth: () => undefined },
  wasi_snapshot_preview1: {
    fd_close: () => 0,
    fd_seek: () => 70,
    fd_write: () => 0,
    proc_exit: () => undefined,
  },
};

/** An instance of the module in `file`, and `call(name, ...args)`, which answers bytes. */
export function openModule(file) {
  const { exports } = new WebAssembly.Instance(
    new WebAssembly.Module(readFileSync(file)),
    kImports,
  );
  exports._initialize();

  const copyIn = (value) => {
    if (typeof value === 'number') return [value];
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    const pointer = exports.lf_alloc(bytes.length);
    new Uint8Array(exports.memory.buffer, pointer, bytes.length).set(bytes);
    return [pointer, bytes.length];
  };

  const call = (name, ...args) => {
    const passed = args.map(copyIn);
    const result = exports[name](...passed.flat());
    const data = exports.lf_result_data(result);
    const bytes = new Uint8Array(
      exports.memory.buffer.slice(data, data + exports.lf_result_size(result)),
    );
    const ok = exports.lf_result_ok(result) === 1;
    exports.lf_result_free(result);
    for (const pair of passed) if (pair.length === 2) exports.lf_free(pair[0]);
    if (!ok) throw new Error(`${name}: ${new TextDecoder().decode(bytes)}`);
    return bytes;
  };

  return {
    exports,
    call,
    callJson: (name, ...args) => JSON.parse(new TextDecoder().decode(call(name, ...args))),
  };
}
