import { describe, expect, it } from 'vitest';
import { parseProblem } from '../../../web/src/api/requests';
import { postSubmission } from '../../../web/src/api/submissions';
import type { SubmissionAnswer } from '../../../web/src/api/submissions';

function post(answer: Response | Error): Promise<SubmissionAnswer> {
  const fetcher = (): Promise<Response> =>
    answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  return postSubmission(fetcher, 'http://server.test', 'jws', new AbortController().signal);
}

function problem(status: number, code: string, more: object = {}): Response {
  return new Response(JSON.stringify({ status, code, ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'retry-after': '7' },
  });
}

describe('an answer to a manifest', () => {
  it('that refuses the manifest itself is final', async () => {
    for (const code of ['manifest_signature_wrong', 'submission_conflict', 'part_claimed']) {
      expect(await post(problem(409, code))).toEqual({ kind: 'refused', code });
    }
  });

  it('about a request that the network cut short is not', async () => {
    for (const [status, code] of [
      [400, 'request_incomplete'],
      [408, 'request_too_slow'],
    ] as const) {
      expect((await post(problem(status, code))).kind).toBe('later');
    }
  });

  it("about the server's full disk does not read as if the phone were full", async () => {
    expect(await post(problem(507, 'storage_full'))).toMatchObject({ code: 'server_fault' });
    expect(await post(problem(503, 'stopping'))).toEqual({
      kind: 'later',
      code: 'server_busy',
      afterMs: 7_000,
    });
  });

  it('names the first missing parts and how many there are', async () => {
    const digest = 'a'.repeat(64);

    expect(
      await post(problem(409, 'parts_missing', { missing: [digest], missing_count: 12 })),
    ).toEqual({
      kind: 'missing',
      parts: [digest],
      count: 12,
    });
  });

  it('that never comes is no answer', async () => {
    await expect(post(new TypeError('Failed to fetch'))).rejects.toMatchObject({
      code: 'server_unreachable',
    });
  });
});

describe('a problem document', () => {
  it('is read only when its code looks like one of ours', () => {
    for (const text of ['', '{', '[]', 'null', '{"code":5}', '{"code":"<b>"}', '{"code":"A"}']) {
      expect(parseProblem(text)).toBeNull();
    }
    expect(parseProblem('{"code":"not_found"}')?.code).toBe('not_found');
  });
});
