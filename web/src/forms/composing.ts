/** Tells an Enter that confirms an input method's candidate from one that means "go on". */

/** What of a keyboard event matters here. */
export interface KeyPress {
  readonly key: string;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/**
 * True while an input method (zhuyin, pinyin, kana, hangul) is at work on this key.
 *
 * Chrome and Firefox report `isComposing`. Safari ends the composition before it reports the key, so
 * `isComposing` is already false there; the key code 229 is what remains.
 */
export function isComposingKey(event: KeyPress): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** True for an Enter that a person meant as "go on". */
export function meansContinue(event: KeyPress): boolean {
  return event.key === 'Enter' && !isComposingKey(event);
}
