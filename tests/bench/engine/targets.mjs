// What the engine's figures are to reach, in Chromium, and the unit of each.

export const kUnits = {
  'engine.change_40': 'µs',
  'engine.change_40_p99': 'µs',
  'engine.change_chain': 'µs',
  'engine.change_chain_p99': 'µs',
  'engine.validate_chain': 'µs',
  'engine.validate_anew_chain': 'µs',
  'engine.hide_999': 'µs',
  'engine.show_999': 'µs',
  'engine.create_chain': 'ms',
  'engine.create_chain_first': 'ms',
  'engine.memory_chain': 'bytes',
  'engine.round_trip_40': 'µs',
  'engine.wasm_bytes': 'bytes, brotli 11',
  'engine.functions_wasm_bytes': 'bytes, brotli 11',
  'engine.identity_wasm_bytes': 'bytes, brotli 11',
};

export const kTargets = {
  'engine.change_40': 15,
  'engine.change_chain': 30,
  'engine.validate_chain': 600,
  'engine.validate_anew_chain': 600,
  'engine.hide_999': 1500,
  'engine.create_chain': 40,
  'engine.memory_chain': 2 * 1024 * 1024,
  'engine.wasm_bytes': 130_000,
};

/** "reached", "missed", or nothing where there is no target for the row. */
export function verdictOf(row) {
  const target = kTargets[row.name];
  const counts = row.where === 'chromium' || row.name === 'engine.wasm_bytes';
  if (target === undefined || !counts || row.rival !== '') return '';
  return `target ${target}: ${row.value <= target ? 'reached' : 'MISSED'}`;
}
