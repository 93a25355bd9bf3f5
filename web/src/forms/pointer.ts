/** Waits with changes of the page until a press is over, so that a button never moves away under the finger. */

let pressed = false;
let waiting: (() => void)[] = [];

/** Follows the document's mouse events (touch ends in them, too) until `signal` is aborted. */
export function followPresses(target: Document, signal: AbortSignal): void {
  const options = { capture: true, signal };
  target.addEventListener('mousedown', () => (pressed = true), options);
  target.addEventListener('mouseup', release, options);
  target.addEventListener('dragend', release, options);
}

/** Runs `change` now, or right after the click that a press under way will become. */
export function afterPress(change: () => void): void {
  if (pressed) waiting.push(change);
  else change();
}

function release(): void {
  pressed = false;
  const changes = waiting;
  waiting = [];
  // The click comes after mouseup: a task later it has found its button.
  setTimeout(() => changes.forEach((change) => change()), 0);
}
