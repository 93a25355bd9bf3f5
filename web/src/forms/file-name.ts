/** Names of files as they may be shown and sent: nothing in them turns the line around or hides. */

/** Controls, and what changes the direction of the text after it. */
const kDeceptive = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/gu;

/** `name` with its true ending at its end: "photo\u202egpj.exe" shows as what it is. */
export function plainFileName(name: string): string {
  const plain = name.replaceAll(kDeceptive, '');
  return plain === '' ? 'file' : plain;
}
