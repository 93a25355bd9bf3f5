// Includes follow the arrows of layers.txt, from the root, and what has one includer has one.

import { listedLines, readSource, sourceFiles } from './tree.mjs';

const kChecked = /^(shared|wasm|server)\/.*\.(h|cpp|def)$/;
const kInclude = /^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]/gm;

/** {folder → allowed folders} and {header → only includer} from the text of layers.txt. */
export function parseLayers(text) {
  const allowed = new Map();
  const only = new Map();
  for (const line of listedLines(text)) {
    const single = /^only (\S+) = (\S+)$/.exec(line);
    if (single !== null) {
      only.set(single[1], single[2]);
      continue;
    }
    const [folder, targets] = line.split(':');
    allowed.set(
      folder.trim(),
      new Set(
        targets
          .trim()
          .split(/\s+/)
          .filter((name) => name !== ''),
      ),
    );
  }
  return { allowed, only };
}

// The listed folder a path lies in: "wasm/workbench/views/x.h" lies in "wasm/workbench".
function layerOf(file, allowed) {
  const steps = file.split('/').slice(0, -1);
  for (let count = steps.length; count > 0; count -= 1) {
    const folder = steps.slice(0, count).join('/');
    if (allowed.has(folder)) return folder;
  }
  return '';
}

function checkInclude(file, layer, kind, target, known, layers) {
  const header = target.split('/').at(-1);
  const includer = layers.only.get(target) ?? layers.only.get(header);
  if (includer !== undefined && includer !== file)
    return `${file}: only ${includer} may include ${target}`;
  if (kind === '<') return null;
  if (!known.has(target)) return `${file}: "${target}" is no path from the root`;
  const targetLayer = layerOf(target, layers.allowed);
  if (targetLayer === layer) return null;
  if (targetLayer === '') return `${file}: ${target} lies in no folder of layers.txt`;
  if (layers.allowed.get(layer).has(targetLayer)) return null;
  return `${file}: ${layer} may not include from ${targetLayer} (${target})`;
}

/** The violations of the tree below `root`, one text each. */
export function checkLayers(root) {
  const layers = parseLayers(readSource(root, 'tests/contract/layers.txt'));
  const files = sourceFiles(root);
  const known = new Set(files);
  const violations = [];
  for (const file of files.filter((name) => kChecked.test(name))) {
    const layer = layerOf(file, layers.allowed);
    if (layer === '') {
      violations.push(`${file}: its folder is not in layers.txt`);
      continue;
    }
    for (const [, kind, target] of readSource(root, file).matchAll(kInclude)) {
      const violation = checkInclude(file, layer, kind, target, known, layers);
      if (violation !== null) violations.push(violation);
    }
  }
  return violations;
}
