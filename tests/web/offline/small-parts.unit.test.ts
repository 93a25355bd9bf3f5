import { describe, expect, it } from 'vitest';
import { isOver, waitFrom, waitMs } from '../../../web/src/offline/backoff';
import { dateIn, formatInstant } from '../../../web/src/offline/clock';
import { base64Url, draftCode, normaliseCode, uuid7 } from '../../../web/src/offline/names';
import { readEntry, readTar, tarEnd, tarHeader, tarPadding } from '../../../web/src/offline/tar';
import { nextChunkBytes } from '../../../web/src/api/parts';

const zeros = (count: number): Uint8Array<ArrayBuffer> => new Uint8Array(count);

describe('names', () => {
  it('are UUIDs of version 7 that begin with the time', () => {
    const id = uuid7(new Date(0x0123456789ab), (count) => zeros(count).fill(0xff));

    expect(id).toBe('01234567-89ab-7fff-bfff-ffffffffffff');
  });

  it('are base64url as RFC 4648 has it, whatever the length', () => {
    for (let length = 0; length < 40; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + 3) % 256);
      expect(base64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
    }
  });

  it('are codes that survive being read aloud and typed by somebody else', () => {
    const code = draftCode((count) => Uint8Array.from({ length: count }, (_, i) => i * 5));

    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect(normaliseCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(code);
    expect(normaliseCode('oOiI-lL01-abcd')).toBe('0011-1101-ABCD');
    expect(normaliseCode('\uff11\uff12\uff13\uff14')).toBe('1234');
  });
});

describe('times', () => {
  it('are whole seconds in UTC', () => {
    expect(formatInstant(new Date('2026-11-21T07:00:00.987Z'))).toBe('2026-11-21T07:00:00Z');
  });

  it("belong to the agency's day, not to the phone's", () => {
    expect(dateIn('Asia/Taipei', new Date('2026-11-20T16:00:00Z'))).toBe('2026-11-21');
    expect(dateIn('Asia/Taipei', new Date('2026-11-20T15:59:59Z'))).toBe('2026-11-20');
  });
});

describe('waiting', () => {
  it('doubles from two seconds to a quarter of an hour, less up to a half', () => {
    expect([1, 2, 3].map((attempts) => waitMs(attempts, 1))).toEqual([2_000, 4_000, 8_000]);
    expect(waitMs(1, 0)).toBe(1_000);
    expect(waitMs(1_000, 1)).toBe(900_000);
  });

  it('is over when its time has come, and when the clock was set back behind its beginning', () => {
    const now = Date.UTC(2026, 10, 21, 12);
    const next = waitFrom(now, 8_000);

    expect(isOver(next, now + 7_999)).toBe(false);
    expect(isOver(next, now + 8_000)).toBe(true);
    expect(isOver(next, now - 3_600_000)).toBe(true);
    expect(isOver({ next_try_at: now + 900_000 }, now)).toBe(false);
    expect(isOver({ next_try_at: now + 900_001 }, now)).toBe(true);
  });
});

describe('chunks of an upload', () => {
  it('grow with the network and stay within a twentieth of a large file', () => {
    expect(nextChunkBytes(100_000_000, 500_000, 1_000)).toBe(3_000_000);
    expect(nextChunkBytes(20_000_000, 500_000, 100)).toBe(1_000_000);
    expect(nextChunkBytes(20_000_000, 64_000, 60_000)).toBe(65_536);
  });

  it('let a small file go as one', () => {
    expect(nextChunkBytes(500_000, 500_000, 1_000)).toBeGreaterThanOrEqual(500_000);
  });
});

async function* inPiecesOf(size: number, bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}

function packed(files: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const pieces = files.flatMap(([name, bytes]) => [
    tarHeader(name, bytes.length),
    bytes,
    tarPadding(bytes.length),
  ]);
  return new Uint8Array(Buffer.concat([...pieces, tarEnd()]));
}

describe('tar', () => {
  it('gives back what was put in, however the bytes arrive', async () => {
    const files = [
      ['manifest.jws', new TextEncoder().encode('abc')],
      ['parts/empty', zeros(0)],
      ['parts/block', zeros(512).fill(7)],
      ['parts/more', zeros(1_025).fill(9)],
    ] as const;
    const tar = packed(files);
    for (const size of [1, 511, 512, 513, tar.length]) {
      const read: [string, Uint8Array][] = [];
      for await (const entry of readTar(inPiecesOf(size, tar))) {
        read.push([entry.name, await readEntry(entry, 10_000)]);
      }
      expect(read.map(([name, bytes]) => [name, [...bytes]])).toEqual(
        files.map(([name, bytes]) => [name, [...bytes]]),
      );
    }
  });

  it('skips bodies that nobody reads', async () => {
    const tar = packed([
      ['a', zeros(3_000)],
      ['b', zeros(1)],
    ]);
    const names: string[] = [];
    for await (const entry of readTar(inPiecesOf(100, tar))) names.push(entry.name);

    expect(names).toEqual(['a', 'b']);
  });

  it('is refused when it is cut, or a header does not add up', async () => {
    const tar = packed([['a', zeros(600)]]);
    const wrong = tar.slice();
    wrong[0] = 0x62;
    for (const bytes of [tar.subarray(0, 700), tar.subarray(0, 1_024), wrong, zeros(0)]) {
      const readAll = async (): Promise<void> => {
        for await (const entry of readTar(inPiecesOf(256, bytes))) await readEntry(entry, 10_000);
      };
      await expect(readAll()).rejects.toMatchObject({ code: 'tar_malformed' });
    }
  });
});
