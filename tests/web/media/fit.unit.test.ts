import { describe, expect, it } from 'vitest';
import type { DocumentRule } from '../../../web/src/engine/protocol';
import {
  acceptableBytes,
  cropFrame,
  jpegName,
  maxEdge,
  scaledSize,
  tooFewPixels,
} from '../../../web/src/media/fit';

const kPhoto: DocumentRule = {
  types: ['image/jpeg'],
  max_bytes: 524_288,
  max_files: 1,
  min_width: 413,
  min_height: 531,
  aspect: 7 / 9,
  aspect_tolerance: 0.02,
};
const kDocument: DocumentRule = {
  types: ['image/jpeg', 'application/pdf'],
  max_bytes: 2_000_000,
  max_files: 10,
};

describe('fitting a picture into a rule', () => {
  it('a portrait from a phone loses a little at the top and the bottom, less at the top', () => {
    const frame = cropFrame({ width: 3000, height: 4000 }, kPhoto);

    expect(frame).toEqual({ x: 0, y: 48, width: 3000, height: 3857 });
  });

  it('a picture lying on its side is cut at both sides', () => {
    const frame = cropFrame({ width: 4000, height: 3000 }, kPhoto);

    expect(frame).toEqual({ x: 834, y: 0, width: 2333, height: 3000 });
  });

  it('the right shape is not cut, and a document never is', () => {
    expect(cropFrame({ width: 413, height: 531 }, kPhoto)).toEqual({
      x: 0,
      y: 0,
      width: 413,
      height: 531,
    });
    expect(cropFrame({ width: 4000, height: 1000 }, kDocument)).toMatchObject({
      width: 4000,
      height: 1000,
    });
  });

  it('takes sizes that are getters, as those of a decoded picture are', () => {
    class Bitmap {
      get width(): number {
        return 800;
      }
      get height(): number {
        return 600;
      }
    }

    expect(cropFrame(new Bitmap(), kDocument)).toEqual({ x: 0, y: 0, width: 800, height: 600 });
  });

  it('is scaled to the longest edge worth sending, and never enlarged', () => {
    expect(scaledSize({ width: 6000, height: 4000 }, maxEdge(kDocument), kDocument)).toEqual({
      width: 2600,
      height: 1733,
    });
    expect(scaledSize({ width: 800, height: 600 }, maxEdge(kDocument), kDocument)).toEqual({
      width: 800,
      height: 600,
    });
  });

  it('is never scaled below the pixels the rule asks for', () => {
    const size = scaledSize({ width: 826, height: 1062 }, 100, kPhoto);

    expect(size).toEqual({ width: 413, height: 531 });
  });

  it('too few pixels are found before anything is compressed', () => {
    expect(tooFewPixels({ width: 400, height: 600 }, kPhoto)).toBe(true);
    expect(tooFewPixels({ width: 413, height: 531 }, kPhoto)).toBe(false);
  });

  it('bytes are saved while quality is to spare, and the rule is the limit after that', () => {
    expect(acceptableBytes(0.9, kDocument)).toBe(500_000);
    expect(acceptableBytes(0.72, kDocument)).toBe(2_000_000);
    expect(acceptableBytes(0.9, kPhoto)).toBe(500_000);
  });
});

describe('the name of a converted file', () => {
  it.each([
    ['IMG_0001.HEIC', 'IMG_0001.jpg'],
    ['護照.png', '護照.jpg'],
    ['noending', 'noending.jpg'],
    ['a/../b\\c.gif', 'a..bc.jpg'],
    ['.heic', 'photo.jpg'],
  ])('%s becomes %s', (before, after) => {
    expect(jpegName(before)).toBe(after);
  });
});
