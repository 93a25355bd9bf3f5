// Runs one package through both builds, edit by edit, and compares after every one.

import { chanceOf } from './chance.mjs';
import { coverageOf } from './coverage.mjs';
import { EditStream } from './edits.mjs';
import { modelOf } from './model.mjs';

const kPartNames = ['answer', 'state', 'verdict', 'fee', 'answers', 'draft'];
const kAround = 160;
const kPatience = 12;

/** The share of expressions that are to give both outcomes. */
export const kEnough = 0.95;

// Where two texts part, with what stands around it.
function partingOf(native, module) {
  let at = 0;
  while (at < native.length && native[at] === module[at]) at += 1;
  const from = Math.max(0, at - kAround);
  return { at, native: native.slice(from, at + kAround), module: module.slice(from, at + kAround) };
}

/** The first difference of the two builds, in words and in full. */
async function differenceAt(step, edit, native, module) {
  const ofNative = await native.parts();
  const ofModule = module.parts();
  const index = kPartNames.findIndex((_, each) => ofNative[each] !== ofModule[each]);
  const part = kPartNames[index] ?? 'number of parts';
  return {
    step,
    edit: edit.join(' ').slice(0, 2000),
    part,
    ...partingOf(ofNative[index] ?? '', ofModule[index] ?? ''),
    nativeJson: ofNative[1],
    moduleJson: ofModule[1],
  };
}

/**
 * Edits the package in `file` for at least `steps` edits, and on up to `most` while more than one in
 * twenty expressions has an outcome that was not seen. Stops at the first difference.
 */
export async function runStream({ file, published, native, module, seed, steps, most, declared }) {
  const model = modelOf(published);
  const coverage = coverageOf(model, declared);
  const chance = chanceOf(seed);
  const edits = new EditStream(model, coverage, chance);
  const result = { steps: 0, refused: 0, difference: null, coverage, model };

  const apply = async (edit) => {
    const answer = native.apply(edit);
    const digest = module.apply(edit);
    const { digest: wanted, news } = await answer;
    coverage.note(news);
    if (edit[0] === 'package') return;
    result.steps += 1;
    if (digest !== wanted)
      result.difference = await differenceAt(result.steps, edit, native, module);
    else if (/^\{"code":/.test(module.answer())) result.refused += 1;
  };

  await apply(['package', file]);
  await apply(edits.opening());
  while (result.difference === null && result.steps < most) {
    if (result.steps >= steps && coverage.share() >= kEnough) break;
    // Answers to everything at once come early, so that every condition is near.
    const edit =
      result.steps <= kPatience && result.steps % 3 === 1
        ? edits.filled()
        : edits.next(module.state(), module.draft);
    await apply(edit);
  }
  return result;
}

/**
 * The property: after each of `steps` edits the state equals that of a form opened anew on the same
 * answers. What answers do not tell is left out: that a question was cleared which its calculation or
 * default fills again, that the date moved under such a one, that the last instance was removed.
 */
export async function runFresh({ file, published, native, module, seed, steps }) {
  const model = modelOf(published);
  const coverage = coverageOf(model);
  const edits = new EditStream(model, coverage, chanceOf(seed), {
    clearing: false,
    dates: false,
    emptying: false,
  });
  await native.apply(['package', file]);
  module.apply(['package', file]);
  let edit = edits.opening();
  for (let step = 1; step <= steps; step += 1) {
    const answer = native.apply(edit);
    module.apply(edit);
    coverage.note((await answer).news);
    const different = await native.differenceFromFresh(edits.options());
    if (different !== null) {
      return { steps: step, edit: edit.join(' ').slice(0, 2000), ...partingOf(...different) };
    }
    edit = edits.next(module.state(), module.draft);
  }
  return { steps, edit: null };
}
