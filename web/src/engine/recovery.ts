/** Brings the engine back after it stopped: a new worker, the open drafts, the edits not saved yet. */

import { ProblemError } from './problem';
import { draftIdOf, kAnswerEdits } from './calls';
import { sendRequest } from './client-state';
import type { ClientState } from './client-state';
import type { EngineEvent, EngineMethod, OpenedDraft, ProblemCode } from './protocol';

const kMaxStopsOfOneCall = 2;
const kMaxRestarts = 5;
const kRestartWindowMs = 60_000;

function emit(state: ClientState, event: EngineEvent): void {
  for (const listener of [...state.listeners]) listener(event);
}

/** Drops a request that stopped the engine twice; the text stays in the page's field. */
function dropIfPoison(state: ClientState, id: number, reason: ProblemCode): void {
  const stops = (state.stops.get(id) ?? 0) + 1;
  state.stops.set(id, stops);
  const call = state.calls.get(id);
  if (call?.internal === true) {
    // A draft that stops the engine when opened is not opened again by itself.
    const { draft_id } = call.params as { readonly draft_id: string };
    state.openDrafts.delete(draft_id);
  }
  if (stops < kMaxStopsOfOneCall) return;
  state.unsaved = state.unsaved.filter((edit) => edit.id !== id);
  state.calls.delete(id);
  call?.reject(new ProblemError(reason));
}

function blame(state: ClientState, reason: ProblemCode, culprit: number | null): void {
  if (culprit !== null) {
    dropIfPoison(state, culprit, reason);
    return;
  }
  const inFlight = [...state.calls.values()].filter((call) => call.sentIn === state.epoch);
  for (const call of inFlight) dropIfPoison(state, call.id, reason);
}

function giveUp(state: ClientState, reason: ProblemCode): void {
  state.dead = reason;
  for (const call of state.calls.values()) call.reject(new ProblemError(reason));
  state.calls.clear();
  emit(state, { event: 'stopped', reason });
}

function stopsTooOften(state: ClientState): boolean {
  const now = Date.now();
  state.restarts.push(now);
  while ((state.restarts[0] ?? now) < now - kRestartWindowMs) state.restarts.shift();
  return state.restarts.length > kMaxRestarts;
}

function ask(state: ClientState, method: EngineMethod, params: unknown): Promise<unknown> {
  const id = state.nextId++;
  return new Promise((resolve, reject) => {
    const sentIn = state.epoch;
    state.calls.set(id, { id, method, params, resolve, reject, internal: true, sentIn });
    sendRequest(state, { id, method, params });
  });
}

/** Gives the new worker the vault that the old one had open; without it, its person unlocks again. */
async function openVault(state: ClientState): Promise<void> {
  if (state.carried === null) return;
  await ask(state, 'resumeVault', state.carried).catch(() => undefined);
}

async function openDrafts(state: ClientState): Promise<OpenedDraft[]> {
  const opened: OpenedDraft[] = [];
  for (const [draft_id, locale] of [...state.openDrafts]) {
    try {
      opened.push((await ask(state, 'openDraft', { draft_id, locale })) as OpenedDraft);
    } catch {
      // Locked, or open elsewhere by now: the page hears that at its next call.
      state.openDrafts.delete(draft_id);
    }
  }
  return opened;
}

/**
 * Takes off the list what the vault turned out to have although the old worker could not say so any more:
 * an instance of a repeat would be removed twice. Who waits for the answer of such an edit gets the whole
 * state. Files are left alone: attaching one takes longer than edits made after it, so its number says
 * nothing, and the same file attached again takes its own place.
 */
function settleSaved(state: ClientState, drafts: readonly OpenedDraft[]): void {
  for (const { draft_id, last_edit, nodes } of drafts) {
    if (last_edit?.page !== state.page) continue;
    state.unsaved = state.unsaved.filter(
      (edit) => edit.draft_id !== draft_id || edit.id > last_edit.id,
    );
    for (const call of [...state.calls.values()]) {
      const saved = call.id <= last_edit.id && draftIdOf(call.params) === draft_id;
      if (!saved || !kAnswerEdits.has(call.method)) continue;
      state.calls.delete(call.id);
      call.resolve(nodes);
    }
  }
}

/** Sends what the new worker does not have, under the ids it had: answers find their callers. */
function sendAgain(state: ClientState): void {
  for (const edit of state.unsaved) {
    const call = state.calls.get(edit.id);
    if (call !== undefined) call.sentIn = state.epoch;
    sendRequest(state, edit);
  }
  for (const call of [...state.calls.values()].sort((a, b) => a.id - b.id)) {
    if (call.sentIn === state.epoch) continue;
    call.sentIn = state.epoch;
    sendRequest(state, call);
  }
}

function replaceWorker(state: ClientState, listen: (state: ClientState) => void): void {
  state.port.terminate();
  state.epoch += 1;
  state.recovering = true;
  for (const call of [...state.calls.values()]) {
    if (call.internal) state.calls.delete(call.id);
  }
  state.port = state.spawn();
  listen(state);
}

/**
 * Replaces a stopped worker. Should the new one stop too before everything is done, the next
 * recovery begins where this one began: nothing is taken off the list of unsaved edits here.
 */
export async function recover(
  state: ClientState,
  reason: ProblemCode,
  culprit: number | null,
  listen: (state: ClientState) => void,
): Promise<void> {
  if (state.dead !== null) return;
  blame(state, reason, culprit);
  if (stopsTooOften(state)) {
    state.port.terminate();
    giveUp(state, reason);
    return;
  }
  replaceWorker(state, listen);
  const { epoch } = state;
  await openVault(state);
  const reopened = await openDrafts(state);
  if (state.epoch !== epoch) return;
  settleSaved(state, reopened);
  state.recovering = false;
  sendAgain(state);
  const drafts = await openDrafts(state);
  if (state.epoch === epoch) emit(state, { event: 'restarted', reason, drafts });
}
