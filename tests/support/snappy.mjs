// Reads snappy, the compression inside Chromium's databases (google/snappy, format_description.txt).

/** What `source` says at `at` as a little-endian base-128 number: [value, next offset]; null if cut. */
export function readVarint(source, at) {
  let value = 0;
  for (let shift = 0; shift < 35 && at < source.length; shift += 7) {
    const byte = source[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
  return null;
}

/** Where a copy takes its bytes from: {length, distance, next}. */
function readCopy(source, tag, at) {
  if ((tag & 3) === 1) {
    return { length: ((tag >> 2) & 7) + 4, distance: ((tag >> 5) << 8) | source[at], next: at + 1 };
  }
  const width = (tag & 3) === 2 ? 2 : 4;
  return { length: (tag >> 2) + 1, distance: source.readUIntLE(at, width), next: at + width };
}

/** The plain bytes of the snappy block that begins `source`, whatever follows it; null if it is none. */
export function unsnappy(source, mostBytes = 1 << 26) {
  const head = readVarint(source, 0);
  if (head === null || head[0] === 0 || head[0] > mostBytes) return null;
  const plain = Buffer.alloc(head[0]);
  let [, at] = head;
  let done = 0;
  while (done < plain.length) {
    if (at >= source.length) return null;
    const tag = source[at++];
    if ((tag & 3) === 0) {
      let length = (tag >> 2) + 1;
      if (length > 60) {
        const width = length - 60;
        if (at + width > source.length) return null;
        length = source.readUIntLE(at, width) + 1;
        at += width;
      }
      if (at + length > source.length || done + length > plain.length) return null;
      source.copy(plain, done, at, at + length);
      at += length;
      done += length;
    } else {
      if (at + ((tag & 3) === 3 ? 4 : tag & 3) > source.length) return null;
      const { length, distance, next } = readCopy(source, tag, at);
      if (distance === 0 || distance > done || done + length > plain.length) return null;
      // Byte by byte: a copy may overlap what it writes.
      for (let i = 0; i < length; i += 1) plain[done + i] = plain[done - distance + i];
      at = next;
      done += length;
    }
  }
  return plain;
}
