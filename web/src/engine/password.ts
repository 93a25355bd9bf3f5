/** What a typed PIN or passphrase is taken for: the same on the page that asks and in the worker that hashes. */

export type PasswordMethod = 'pin' | 'passphrase';

/** Whether this way of unlocking asks for something typed. */
export function isPassword(method: string): method is PasswordMethod {
  return method === 'pin' || method === 'passphrase';
}

export const kMinPinDigits = 6;
export const kMinPassphraseLength = 10;

/** Longer ones are not hashed: the hash takes 1024 bytes. */
const kMaxBytes = 1_024;

const kDecimal = /^\p{Nd}$/u;

/** The ASCII digit for a decimal digit of any script: runs of ten, zero first, and after NFKC no two touch. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (zero > code - 9 && kDecimal.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

/**
 * The text that is hashed. A PIN is its digits, whatever script they were typed in; of a passphrase all that
 * input methods add, as full-width forms and spaces around it, is taken off.
 */
export function passwordText(method: PasswordMethod, typed: string): string {
  const text = typed.normalize('NFKC').trim();
  if (method === 'passphrase') return text;
  return [...text.replace(/\s/g, '')]
    .map((one) => (kDecimal.test(one) ? asciiDigit(one) : one))
    .join('');
}

/** Whether `typed` may be set as a new one; what is already set is only compared. */
export function isLongEnough(method: PasswordMethod, typed: string): boolean {
  const text = passwordText(method, typed);
  if (new TextEncoder().encode(text).length > kMaxBytes) return false;
  if (method === 'passphrase') return [...text].length >= kMinPassphraseLength;
  return text.length >= kMinPinDigits && /^[0-9]+$/.test(text);
}
