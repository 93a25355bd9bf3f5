// Groups the answers of a suite, and prints them.

const kShownIds = 12;

const stem = (file) => file.replace(/\.[a-z]+$/, '');

/** The group a row is reported in: its file, and its list where the file has several. */
function groupNames(rows) {
  const lists = new Map();
  for (const row of rows) {
    lists.set(row.file, (lists.get(row.file) ?? new Set()).add(row.group));
  }
  return rows.map(
    (row) =>
      row.report ??
      (lists.get(row.file).size > 1 ? `${stem(row.file)}/${row.group}` : stem(row.file)),
  );
}

/**
 * True when `entry` of exceptions.json is about the row: by its id, or by its file and the result it
 * asks for, where all such rows are excepted as long as the answer begins with a word of `observed`.
 */
export function excepts(entry, row, answer) {
  if (entry.suite !== row.suite) return false;
  if (entry.ids !== undefined) return entry.ids.includes(row.id);
  const isMeant = entry.file === row.file && entry.result === row.row?.result;
  return isMeant && entry.observed.includes(answer.observed?.split(' ')[0]);
}

/** True when both builds did and said the same. */
function agree(native, wasm) {
  return native.passed === wasm.passed && native.observed === wasm.observed;
}

/**
 * The groups of one suite: {suite, group, cases, native, wasm, differ, failed, gated, least, excepted,
 * missing}. `failed` holds the ids that did not pass in both builds and are no declared exception.
 */
export function groupAnswers(rows, native, wasm, policy) {
  const groups = new Map();
  const names = groupNames(rows);
  rows.forEach((row, index) => {
    const name = names[index];
    const group = groups.get(name) ?? {
      suite: row.suite,
      group: name,
      cases: 0,
      native: 0,
      wasm: 0,
      differ: 0,
      failed: [],
      gated: policy.isGated(row),
      least: policy.leastOf?.(row) ?? 100,
      excepted: 0,
      missing: 0,
    };
    groups.set(name, group);
    group.cases += 1;
    if (native[index].missing === true) group.missing += 1;
    if (native[index].passed === true) group.native += 1;
    if (wasm[index].passed === true) group.wasm += 1;
    if (!agree(native[index], wasm[index])) group.differ += 1;
    if (native[index].passed === true && wasm[index].passed === true) return;
    if (policy.isExcepted(row, native[index])) group.excepted += 1;
    else group.failed.push(row.id);
  });
  return [...groups.values()];
}

/** True when the group must not let the run pass. */
export function isBroken(group) {
  const right = 100 * (1 - group.failed.length / group.cases);
  return group.differ > 0 || (group.gated && right < group.least);
}

function shownIds(group) {
  if (group.missing === group.cases) return 'no operation yet';
  const more = group.failed.length - kShownIds;
  const ids = group.failed.slice(0, kShownIds).join(' ');
  return more > 0 ? `${ids} and ${more} more` : ids;
}

export function printHeader() {
  console.log(
    `${'suite'.padEnd(22)} ${'group'.padEnd(34)} cases native   wasm differ gated  failed`,
  );
}

export function printGroup(group) {
  const figures = [group.cases, group.native, group.wasm, group.differ]
    .map((figure) => String(figure).padStart(6))
    .join(' ');
  const gate = group.gated ? (group.least < 100 ? `${group.least}%` : 'yes') : 'no';
  const marks = `${gate.padEnd(5)}${group.excepted > 0 ? ` ${group.excepted} excepted` : ''}`;
  console.log(
    `${group.suite.padEnd(22)} ${group.group.padEnd(32)} ${figures} ${marks}  ${shownIds(group)}`.trimEnd(),
  );
}
