// The measurement of the native build: writes the workload as lines, runs the program, reads figures.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const kMaxOutput = 1 << 20;

function linesOf(form, options) {
  const changes = [
    ...form.fill.map((change) => ['fill', change]),
    ...form.changes.map((change) => ['change', change]),
    ...(form.hide === undefined ? [] : [['hide', form.hide]]),
    ...(form.show === undefined ? [] : [['show', form.show]]),
  ];
  return [
    form.package,
    JSON.stringify(options),
    ...changes.map(([word, change]) => `${word} ${JSON.stringify(change)}`),
  ];
}

function run(program, form, options) {
  const folder = mkdtempSync(path.join(tmpdir(), 'landfall-bench-'));
  try {
    const file = path.join(folder, 'workload');
    writeFileSync(file, linesOf(form, options).join('\n'));
    const text = execFileSync(program, [file], { encoding: 'utf8', maxBuffer: kMaxOutput });
    const pairs = text
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    return new Map(pairs.map(([name, value]) => [name, Number(value)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The figures of `program`, by the names of the rows. */
export function measureNative(program, workload) {
  const figures = {};
  if (workload.forty !== null) {
    const forty = run(program, workload.forty, workload.options);
    figures['engine.change_40'] = forty.get('change');
    figures['engine.change_40_p99'] = forty.get('change_p99');
  }
  const chain = run(program, workload.chain, workload.options);
  const watched = run(program, workload.watched, workload.options);
  return {
    ...figures,
    'engine.change_chain': chain.get('change'),
    'engine.change_chain_p99': chain.get('change_p99'),
    'engine.validate_chain': chain.get('validate'),
    'engine.validate_anew_chain': watched.get('change') + watched.get('validate'),
    'engine.hide_999': chain.get('hide_999'),
    'engine.show_999': chain.get('show_999'),
    'engine.create_chain': chain.get('create'),
  };
}
