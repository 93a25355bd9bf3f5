import { describe, expect, it } from 'vitest';
import { isComposingKey, meansContinue } from '../../../web/src/forms/composing';

describe('Enter while an input method composes', () => {
  it('does not mean "go on" in Chrome and Firefox, which say isComposing', () => {
    expect(meansContinue({ key: 'Enter', isComposing: true, keyCode: 229 })).toBe(false);
  });

  it('does not mean "go on" in Safari, where the composition has ended but the key code is 229', () => {
    expect(meansContinue({ key: 'Enter', isComposing: false, keyCode: 229 })).toBe(false);
  });

  it('means "go on" once nothing is being composed', () => {
    expect(meansContinue({ key: 'Enter', isComposing: false, keyCode: 13 })).toBe(true);
  });

  it('other keys never mean "go on"', () => {
    expect(meansContinue({ key: 'a', isComposing: false, keyCode: 65 })).toBe(false);
    expect(isComposingKey({ key: 'Process', isComposing: false, keyCode: 229 })).toBe(true);
  });
});
