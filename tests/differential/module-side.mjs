// The engine in the shipped module, called in Node; the same commands and digests as the native side.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const kImports = {
  env: { emscripten_notify_memory_growth: () => undefined },
  wasi_snapshot_preview1: {
    fd_close: () => 0,
    fd_seek: () => 70,
    fd_write: () => 0,
    proc_exit: (code) => {
      throw new Error(`the module ended with ${code}`);
    },
  },
};

// The first Computation that the module of identity answers.
const kFirstOfIdentity = 64;

const kQuestions = [
  'lf_form_state',
  'lf_form_check',
  'lf_form_fee',
  'lf_form_answers',
  'lf_form_all_answers',
];

function instantiate(file, imports) {
  const module = new WebAssembly.Module(readFileSync(file));
  const { exports } = new WebAssembly.Instance(module, imports);
  exports._initialize();
  return exports;
}

// The core module with the modules that lie beside it.
function instantiateAll(file) {
  const beside = (name) => instantiate(path.join(path.dirname(file), name), kImports);
  const ofFunctions = beside('landfall-functions.wasm');
  const ofIdentity = beside('landfall-identity.wasm');
  const compute = (what, args, size, answer, room) => {
    const functions = what < kFirstOfIdentity ? ofFunctions : ofIdentity;
    const place = functions.lf_functions_room(size);
    const given = new Uint8Array(core.memory.buffer, args, size);
    new Uint8Array(functions.memory.buffer, place, size).set(given);
    const length = functions.lf_functions_compute(what);
    const made = new Uint8Array(functions.memory.buffer, functions.lf_functions_answer(), length);
    new Uint8Array(core.memory.buffer, answer, room).set(made);
    return length;
  };
  const core = instantiate(file, { ...kImports, landfall: { compute, chacha20: () => 0 } });
  return core;
}

// call(name, ...numbers, texts, bytes) → {ok, data}, everything freed.
function callerOf(exports) {
  return (name, ...args) => {
    const allocated = [];
    const passed = args.flatMap((arg) => {
      if (typeof arg === 'number') return [arg];
      const bytes = typeof arg === 'string' ? Buffer.from(arg) : arg;
      const pointer = exports.lf_alloc(bytes.length);
      allocated.push(pointer);
      new Uint8Array(exports.memory.buffer, pointer, bytes.length).set(bytes);
      return [pointer, bytes.length];
    });
    const result = exports[name](...passed);
    const start = exports.lf_result_data(result);
    const end = start + exports.lf_result_size(result);
    const data = Buffer.from(exports.memory.buffer.slice(start, end));
    const ok = exports.lf_result_ok(result) === 1;
    exports.lf_result_free(result);
    for (const pointer of allocated) exports.lf_free(pointer);
    return { ok, data };
  };
}

// The description that opening answers, as it stands in the module's answer.
function descriptionIn(data) {
  const start = data.indexOf('"description":') + '"description":'.length;
  return data.subarray(start, data.lastIndexOf(',"state":{"nodes":'));
}

/** An instance of the module in `file`. */
export function startModule(file) {
  const exports = instantiateAll(file);
  const call = callerOf(exports);
  let published = null;
  let form = 0;
  let parts = [];

  const open = (options) => {
    const { ok, data } = call('lf_form_open', published, options);
    if (!ok) return data;
    if (form !== 0) exports.lf_form_free(form);
    form = Number(/^\{"form":(\d+)/.exec(data.subarray(0, 40).toString())[1]);
    return descriptionIn(data);
  };
  const answerTo = ([word, text]) =>
    word === 'open' ? open(text) : call('lf_form_set', form, text).data;

  return {
    /** Whether a published package opens, without a trace of it afterwards. */
    opens: (text) => {
      const { ok, data } = call('lf_form_open', text, '{"as_of":"2026-11-21"}');
      if (ok)
        exports.lf_form_free(Number(/^\{"form":(\d+)/.exec(data.subarray(0, 40).toString())[1]));
      return ok;
    },
    /** Whether a value of an identity type has no finding that is an error. */
    accepts: (type, value) => {
      const { data } = call('lf_check', JSON.stringify({ type, value, as_of: '2026-11-21' }));
      return !data.includes('"severity":"error"');
    },
    apply: (edit) => {
      if (edit[0] === 'package') {
        published = readFileSync(edit[1]);
        if (form !== 0) exports.lf_form_free(form);
        form = 0;
        return '-';
      }
      parts = [answerTo(edit)];
      if (form !== 0) parts.push(...kQuestions.map((name) => call(name, form).data));
      const hash = createHash('sha256');
      for (const part of parts) hash.update(part).update('\n');
      return hash.digest('hex');
    },
    parts: () => parts.map((part) => part.toString()),
    answer: () => parts[0].subarray(0, 20).toString(),
    state: () => (form === 0 ? [] : JSON.parse(parts[1].toString()).nodes),
    draft: () => (form === 0 ? '{}' : parts[5].toString()),
    isOpen: () => form !== 0,
  };
}
