/** Arithmetic of fitting a picture into a rule: which part to keep, how large, how strongly compressed. */
import type { DocumentRule } from '../engine/protocol';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Frame extends Size {
  readonly x: number;
  readonly y: number;
}

/** Longest edge that is worth sending of a document: an A4 page at 220 dpi. More bytes would show no more. */
const kDocumentEdge = 2600;
/** Of a portrait, printed 45 mm high: 900 dpi. A rule with a shape is a portrait's. */
const kPortraitEdge = 1600;
/** First try is nearly invisible; below the last one, text on documents frays. */
export const kQualities: readonly number[] = [0.9, 0.82, 0.72, 0.6, 0.5];
/** Down to this quality nothing is lost that anybody looks for: smaller files are preferred. */
const kGoodQuality = 0.72;
/** What one request carries (512 KiB), less what sealing adds: on a slow network each byte is waited for. */
const kWantedBytes = 500_000;

export function maxEdge(rule: DocumentRule): number {
  return rule.aspect === undefined ? kDocumentEdge : kPortraitEdge;
}

/** The most bytes to accept at `quality`: little while quality is to spare, what the rule allows after that. */
export function acceptableBytes(quality: number, rule: DocumentRule): number {
  return quality > kGoodQuality ? Math.min(kWantedBytes, rule.max_bytes) : rule.max_bytes;
}
const kDefaultTolerance = 0.02;

/** The largest part of `size`, around its middle, that has the rule's shape; all of it when the shape is right. */
export function cropFrame(size: Size, rule: DocumentRule): Frame {
  // Not spread: an ImageBitmap's sizes are getters of its prototype.
  const whole: Frame = { x: 0, y: 0, width: size.width, height: size.height };
  if (rule.aspect === undefined) return whole;
  const actual = size.width / size.height;
  const tolerance = rule.aspect_tolerance ?? kDefaultTolerance;
  if (Math.abs(actual - rule.aspect) <= rule.aspect * tolerance) return whole;
  if (actual > rule.aspect) {
    const width = Math.round(size.height * rule.aspect);
    return { x: Math.round((size.width - width) / 2), y: 0, width, height: size.height };
  }
  const height = Math.round(size.width / rule.aspect);
  // Heads sit above the middle of a photo: less is cut from the top.
  return { x: 0, y: Math.round((size.height - height) / 3), width: size.width, height };
}

/** `size` made no longer than `longest`, same shape, never below the rule's least pixels, never enlarged. */
export function scaledSize(size: Size, longest: number, rule: DocumentRule): Size {
  const wanted = Math.min(1, longest / Math.max(size.width, size.height));
  const least = Math.min(1, leastScale(size, rule));
  const scale = Math.max(wanted, least);
  return { width: Math.round(size.width * scale), height: Math.round(size.height * scale) };
}

function leastScale(size: Size, rule: DocumentRule): number {
  return Math.max((rule.min_width ?? 1) / size.width, (rule.min_height ?? 1) / size.height);
}

/** True when the picture has fewer pixels than the rule wants: no computation brings them back. */
export function tooFewPixels(size: Size, rule: DocumentRule): boolean {
  return size.width < (rule.min_width ?? 1) || size.height < (rule.min_height ?? 1);
}

/** The next edge to try after a picture of `bytes` at the lowest quality was too large; area follows bytes. */
export function smallerEdge(edge: number, bytes: number, maxBytes: number): number {
  return Math.floor(edge * Math.min(0.85, Math.sqrt(maxBytes / bytes) * 0.95));
}

/** "passport.HEIC" → "passport.jpg" once the content is JPEG; control characters and slashes never pass. */
export function jpegName(name: string): string {
  const stem = name.replace(/\.[^.]*$/, '').replaceAll(/[\p{Cc}/\\]/gu, '');
  return `${stem === '' ? 'photo' : stem}.jpg`;
}
