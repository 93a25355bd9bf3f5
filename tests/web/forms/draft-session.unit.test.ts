import { describe, expect, it } from 'vitest';
import {
  engineDouble,
  error,
  formNode,
  handTimers,
  nodeState,
  openTestSession,
} from '../support/form-double';

const kNodes = [formNode('a', 'group', 'group'), formNode('a/x'), formNode('a/y')];
const kStates = [
  nodeState('a', null),
  nodeState('a/x', null, [error('a/x', 'required')]),
  nodeState('a/y', null),
];

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

describe('typing into a draft', () => {
  it('is handed over at the latest 400 ms after the first unsent key, however long one types', () => {
    const double = engineDouble();
    const timers = handTimers();
    const session = openTestSession(double, kNodes, kStates, timers);

    session.type('a/x', 'L');
    session.type('a/x', 'Li');
    expect(timers.delays()).toEqual([400]);
    timers.runAll();

    expect(double.sent).toEqual([{ path: 'a/x', value: 'Li' }]);
  });

  it('is handed over at once when the question is left', () => {
    const double = engineDouble();
    const session = openTestSession(double, kNodes, kStates);

    session.type('a/x', 'Li');
    session.leave('a/x');

    expect(double.sent).toEqual([{ path: 'a/x', value: 'Li' }]);
  });

  it('shows a question as it was typed until the engine has answered', async () => {
    const double = engineDouble(({ path }) => [nodeState(path, 'LI')]);
    const session = openTestSession(double, kNodes, kStates);

    session.type('a/x', 'li');
    session.leave('a/x');
    const before = session.valueOf('a/x');
    await settled();

    expect(before).toBe('li');
    expect(session.valueOf('a/x')).toBe('LI');
  });

  it('opening a draft hands nothing over: restoring never writes', () => {
    const double = engineDouble();
    const timers = handTimers();

    openTestSession(double, kNodes, [nodeState('a/x', 'restored')], timers);
    timers.runAll();

    expect(double.sent).toEqual([]);
  });

  it('closing hands over the last words', () => {
    const double = engineDouble();
    const session = openTestSession(double, kNodes, kStates);

    session.type('a/x', 'last');
    session.close();

    expect(double.sent).toEqual([{ path: 'a/x', value: 'last' }]);
  });

  it('a flush hands over what was typed before it asks the vault', async () => {
    const double = engineDouble();
    const session = openTestSession(double, kNodes, kStates);

    session.type('a/x', 'Li');
    await session.flush(new AbortController().signal);

    expect(double.sent).toHaveLength(1);
    expect(double.flushes.count).toBe(1);
  });

  it('pains 1: a question that was changed and left is saved at once, one that was only visited is not', () => {
    const double = engineDouble();
    const session = openTestSession(double, kNodes, kStates);

    session.leave('a/x');
    const visited = double.flushes.count;
    session.type('a/x', 'Li');
    session.leave('a/x');

    expect(visited).toBe(0);
    expect(double.flushes.count).toBe(1);
  });

  it('is "saved" only when the vault said so after the last answer', async () => {
    const double = engineDouble();
    const session = openTestSession(double, kNodes, kStates);

    session.type('a/x', 'Li');
    session.noteSaved('2026-11-21T07:00:00Z');
    const early = session.state.get().saving.kind;
    session.leave('a/x');
    await settled();
    session.noteSaved('2026-11-21T07:00:01Z');

    expect(early).toBe('saving');
    expect(session.state.get().saving).toEqual({
      kind: 'saved',
      at: '2026-11-21T07:00:01Z',
    });
  });

  it('a worker that stops leaves the words on the page and names the problem', async () => {
    const double = engineDouble();
    const stopped = {
      ...double.engine,
      setAnswer: () => Promise.reject(Object.assign(new Error(), { code: 'engine_aborted' })),
    };
    const session = openTestSession({ ...double, engine: stopped }, kNodes, kStates);

    session.type('a/x', 'kept');
    session.leave('a/x');
    await settled();

    expect(session.state.get().saving).toEqual({
      kind: 'failed',
      reason: 'engine_aborted',
    });
    expect(session.valueOf('a/x')).toBe('kept');
  });
});

describe('showing what is wrong', () => {
  it('nothing is shown when a question is only passed through, as a screen reader does', () => {
    const session = openTestSession(engineDouble(), kNodes, kStates);

    session.leave('a/x');

    expect(session.state.get().shown.has('a/x')).toBe(false);
  });

  it('nothing is shown while one types', () => {
    const timers = handTimers();
    const session = openTestSession(engineDouble(), kNodes, kStates, timers);

    session.type('a/x', 'L');
    timers.runAll();

    expect(session.state.get().shown.has('a/x')).toBe(false);
  });

  it('findings are shown once a changed question is left, even if it was saved before', async () => {
    const timers = handTimers();
    const session = openTestSession(engineDouble(), kNodes, kStates, timers);

    session.type('a/x', 'L');
    timers.runAll();
    await settled();
    session.noteSaved('2026-11-21T07:00:00Z');
    session.leave('a/x');

    expect(session.state.get().shown.has('a/x')).toBe(true);
  });

  it('what is typed while another language is coming is there in that language', async () => {
    const double = engineDouble();
    const former = openTestSession(double, kNodes, kStates);
    former.type('a/x', 'L');
    former.retire();
    const stale = openTestSession(double, kNodes, kStates);

    former.type('a/x', 'Li');
    former.leave('a/x');
    stale.takeOver(former);
    await settled();

    expect(stale.valueOf('a/x')).toBe('Li');
    expect(double.sent.at(-1)).toEqual({ path: 'a/x', value: 'Li' });
  });
});
