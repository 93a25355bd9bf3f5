/** What is measured of an engine, in whatever world this runs: Node, or a worker of a page. */

import type { Change, OpenedForm, Participant } from './landfall';

export interface Form {
  readonly package: string;
  /** The same form as data, for those that do not read packages. */
  readonly questions: readonly unknown[];
  readonly fill: readonly Change[];
  readonly changes: readonly Change[];
  readonly hide?: Change;
  readonly show?: Change;
  /** After it no rule of the form holds, which is how the measurement knows that they all are run. */
  readonly breaks?: Change;
}

export interface Workload {
  readonly options: { as_of: string; time_zone: string };
  readonly forty: Form | null;
  readonly chain: Form;
  readonly watched: Form;
}

export type Figures = Record<string, number>;

const kBatch = 100;
const kBatches = 60;
const kSingles = 4000;
const kRounds = 25;
const kRivalBatches = 9;
const kRivalRounds = 5;
const kForms = 64;
const kWarmUpMs = 1000;

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const microseconds = (work: () => void): number => {
  const started = performance.now();
  work();
  return (performance.now() - started) * 1000;
};

const repeated = (count: number, work: (round: number) => number): number[] =>
  Array.from({ length: count }, (_, round) => work(round));

function filled(participant: Participant, form: Form, workload: Workload): OpenedForm {
  const opened = participant.open(new TextEncoder().encode(form.package), workload.options);
  for (const change of form.fill) opened.set(change);
  return opened;
}

// Batches of 100 for the median, because a browser's clock ticks slowly; single changes for the tail.
function changeTimes(
  opened: Pick<OpenedForm, 'set'>,
  changes: readonly Change[],
  singlesWanted = kSingles,
  batchesWanted = kBatches,
): { median: number; p99: number } {
  let next = 0;
  const step = (): void => {
    const change = changes[next % changes.length];
    next += 1;
    if (change !== undefined) opened.set(change);
  };
  // A browser first runs a module as it came, and better after a while.
  for (const began = performance.now(); performance.now() - began < kWarmUpMs;) step();
  const batches = repeated(batchesWanted, () =>
    microseconds(() => {
      for (let i = 0; i < kBatch; i += 1) step();
    }),
  );
  const singles = repeated(singlesWanted, () => microseconds(step));
  return { median: quantile(batches, 0.5) / kBatch, p99: quantile(singles, 0.99) };
}

function measureForty(participant: Participant, form: Form, workload: Workload): Figures {
  const opened = filled(participant, form, workload);
  const wrong = opened.check();
  if (wrong.length > 0) throw new Error(`the 40 answers have findings: ${JSON.stringify(wrong)}`);
  const { median, p99 } = changeTimes(opened, form.changes);
  opened.free();
  return { 'engine.change_40': median, 'engine.change_40_p99': p99 };
}

function measureHiding(opened: Pick<OpenedForm, 'set'>, hide: Change, show: Change): Figures {
  let least = Number.POSITIVE_INFINITY;
  const hidden: number[] = [];
  const shown: number[] = [];
  for (let round = 0; round < kRounds; round += 1) {
    hidden.push(
      microseconds(() => {
        least = Math.min(least, opened.set(hide).length);
      }),
    );
    shown.push(microseconds(() => opened.set(show)));
  }
  if (least < 999) throw new Error(`hiding reported ${String(least)} nodes`);
  return { 'engine.hide_999': quantile(hidden, 0.5), 'engine.show_999': quantile(shown, 0.5) };
}

// A change that every rule looks at, and the verdict after it: nothing of the last one can be kept.
function measureAnew(participant: Participant, workload: Workload): Figures {
  const { watched } = workload;
  const opened = filled(participant, watched, workload);
  const [first] = watched.changes;
  if (watched.breaks === undefined || first === undefined) throw new Error('no changes to watch');
  const broken = opened.set(watched.breaks).length;
  if (broken < 999) throw new Error(`only ${String(broken)} rules look at the watched question`);
  opened.set(first);
  let wrong = 0;
  const times = repeated(4 * kRounds, (round) =>
    microseconds(() => {
      const change = watched.changes[(round + 1) % watched.changes.length];
      if (change !== undefined) opened.set(change);
      wrong += opened.check().length;
    }),
  );
  opened.free();
  if (wrong > 0) throw new Error('the watched chain has findings');
  return { 'engine.validate_anew_chain': quantile(times, 0.5) };
}

function measureCreating(participant: Participant, form: Form, workload: Workload): Figures {
  const bytes = new TextEncoder().encode(form.package);
  const times = repeated(kRounds, () => {
    let opened: OpenedForm | null = null;
    const time = microseconds(() => {
      opened = participant.open(bytes, workload.options);
    });
    (opened as OpenedForm | null)?.free();
    return time / 1000;
  });
  return { 'engine.create_chain': quantile(times, 0.5) };
}

/** The first form that a module opens, before the browser has made the module fast. */
export function measureFirst(participant: Participant, workload: Workload): Figures {
  const bytes = new TextEncoder().encode(workload.chain.package);
  const time = microseconds(() => {
    participant.open(bytes, workload.options).free();
  });
  return { 'engine.create_chain_first': time / 1000 };
}

/** At most what a filled chain takes, its package included: all of the memory by the open forms. */
export function measureMemory(participant: Participant, workload: Workload): Figures {
  const opened = Array.from({ length: kForms }, () =>
    filled(participant, workload.chain, workload),
  );
  const bytes = participant.memoryBytes() / kForms;
  for (const each of opened) each.free();
  return { 'engine.memory_chain': bytes };
}

export function measureParticipant(participant: Participant, workload: Workload): Figures {
  const forty = workload.forty === null ? {} : measureForty(participant, workload.forty, workload);
  const { chain } = workload;
  const opened = filled(participant, chain, workload);
  const wrong = opened.check();
  if (wrong.length > 0)
    throw new Error(`the chain's answers have ${String(wrong.length)} findings`);
  const { median, p99 } = changeTimes(opened, chain.changes);
  const checks = repeated(4 * kRounds, () => microseconds(() => opened.check()));
  const hiding =
    chain.hide === undefined || chain.show === undefined
      ? {}
      : measureHiding(opened, chain.hide, chain.show);
  opened.free();
  return {
    ...forty,
    'engine.change_chain': median,
    'engine.change_chain_p99': p99,
    'engine.validate_chain': quantile(checks, 0.5),
    ...measureAnew(participant, workload),
    ...hiding,
    ...measureCreating(participant, chain, workload),
  };
}

export interface Rival {
  readonly open: (form: Form) => Pick<OpenedForm, 'set' | 'check'>;
  readonly hides: boolean;
  /** Takes minutes for the chain, which is left out. */
  readonly shortOnly?: boolean;
}

function rivalChanges(
  rival: Rival,
  form: Form,
): { median: number; opened: ReturnType<Rival['open']> } {
  const opened = rival.open(form);
  for (const change of form.fill) opened.set(change);
  const { median } = changeTimes(
    opened,
    form.changes,
    1,
    rival.shortOnly === true ? 3 : kRivalBatches,
  );
  return { median, opened };
}

/** The same figures of a rival, as far as it has them. */
export function measureRival(rival: Rival, workload: Workload): Figures {
  const figures: Figures = {};
  if (workload.forty !== null) {
    figures['engine.change_40'] = rivalChanges(rival, workload.forty).median;
  }
  if (rival.shortOnly === true) return figures;
  const { chain } = workload;
  const { median, opened } = rivalChanges(rival, chain);
  const checks = repeated(kRivalRounds, () => microseconds(() => opened.check()));
  const created = repeated(kRivalRounds, () => microseconds(() => rival.open(chain)) / 1000);
  if (rival.hides && chain.hide !== undefined && chain.show !== undefined) {
    figures['engine.hide_999'] =
      measureHiding(opened, chain.hide, chain.show)['engine.hide_999'] ?? Number.NaN;
  }
  return {
    ...figures,
    'engine.change_chain': median,
    'engine.validate_chain': quantile(checks, 0.5),
    // No rival keeps a verdict: it makes each anew.
    'engine.validate_anew_chain': quantile(checks, 0.5),
    'engine.create_chain': quantile(created, 0.5),
  };
}
