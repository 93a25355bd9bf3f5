/** Files that no browser draws: what phones, scanners and offices hand in. Nobody real is on any of them. */
import type { FileToAttach } from './applicant';

/** The face of `drawPicture`, 640 × 480, as `heif-enc -q 20` wrote it. */
const kHeic = [
  'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAkZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAAB',
  'AAAANGlsb2MAAAAAREAAAgABAAAAAAJqAAEAAAAAAAADdAACAAAAAAXeAAEAAAAAAAAAdAAAADhpaW5mAAAAAAACAAAAFWluZmUCAAAAAAEAAGh2YzEA',
  'AAAAFWluZmUCAAAAAAIAAGh2YzEAAAABhWlwcnAAAAFgaXBjbwAAAHdodmNDAQQIAAAAAAAAAAAAWvAA/P36+gAADwMgAAEAF0ABDAH//wQIAAADAJ24',
  'AAADAABaugJAIQABACtCAQEECAAAAwCduAAAAwAAWqAFAgHhNlupJKa5uBAQMCAAAAMAIAAAAwAhIgABAAdEAcFysGJAAAAAFGlzcGUAAAAAAAACgAAA',
  'AeAAAAAQcGl4aQAAAAADCgoKAAAAdGh2Y0MBBAgAAAAAAAAAAABa8AD8/Pr6AAAPAyAAAQAXQAEMAf//BAgAAAMAnfgAAAMAAFq6AkAhAAEAKEIBAQQI',
  'AAADAJ34AAADAABawBQIB4TZbqSSmubAgAAAAwCAAAADAIQiAAEAB0QBwXKwYkAAAAAUaXNwZQAAAAAAAAKAAAAB4AAAAA5waXhpAAAAAAEKAAAAJ2F1',
  'eEMAAAAAdXJuOm1wZWc6aGV2YzoyMDE1OmF1eGlkOjEAAAAAHWlwbWEAAAAAAAAAAgABA4ECgwACBIQFhocAAAAaaXJlZgAAAAAAAAAOYXV4bAACAAEA',
  'AQAAA/BtZGF0AAADcCgBrwtECBb1e2+UqxmA+lI73rvxtBEcbe/aaqiAxA3zmAAABayoahoDWEv5JJaMcS+KAP1DBwMGqGPs2sDje1ZM4h0ZSpzKGcLV',
  'bg3KzUTNkx6wQXRrQeqjGO1DciMU+2DpLY2vjyXzemGi8RDXDt/JRfxzkBggp+QAFlyC0LyRie2yT4s774LSFMUNHWdqk0EuoRCnWrN6EUqSAiuHdGm3',
  'zF8+shr5DnfnR7SYPRf///////6f//p//9UexTR02H/0lOOJDiiDpcNlAHLK1ulEiugswtMIEU7WC9mN+1rRlY1LgFu1CqLVVblK+PXl////////////',
  '////////ZvkVLyAd7/lER0iGQsu3gIMwZG+JbDhHtnHWeYCTCzJU3LHq2z3mbIkZax/oW35OpLE6zqH8KQPh0FSr7a5JtD6hplrcLoylQNFUVmyY0zYk',
  '9M8XmC3AHk0QXitJrU3//////////////////+OyBD9Hd5/k4ASQ5pkhAzYXaT7vxeTPGKMKGCsJDuR2B3roMgQYWZ6/IALuhwAFo4NhQi5ncMbxDUQE',
  '9FpVt06h5cJ6FQ2xS3+mYRvMkA8JLBhaiarzUVElEYB+gFCoAAFD/gJ0ZMVB3dWiGEkfgorcMnsZ1qy738WRB7T/aHfPUckuyvmSEBXIrAdbm3N6/aLG',
  '3rFZkYV0hgCGgAAAM5xIqC7w7DH+CIKUganTUFqM9m/qBCpBVLZo5iwa9ewnkk4HYztqoK150/vg52vpAWB74ub/VolH///df//////////////6G4HF',
  '1G4dbtOZZSbvODpW4cY710q9tZ3OU4EcrMWZ6AXqoufU7qnqstcmyoFOoCfXuZXNHP5pax5o7TqEMQRmGUL/K+tBCC94AF/AAABBUn+iDP/dCGQKAdpf',
  '3NBegoju/JaO2IJPZWrogrcAk+3/df8w////hBwuwDMeLzhIkLco6EnXzqAhZZOn5/wa11yvxLN54FFrKmmY1HqcHT3N35kLoKz2hwj5Ic6f2EDyngaI',
  'dUUEW4ExV+OqIaq9+2n2OpC/TE7zJA2ZT1I4V79e1Jd9AJzvASZKk8xL5BMS5EtEX45G/hKPsF4r19Zx+bgZo0GbDXQOeAAFMhsyAAADAAADAAADAAAD',
  'AAADAAAFp2Z8AXsIAAADAAADAAVg24AAAABwKAGuFogtWsYtSYDsUbH1342iQvUsRfE6ghxJEsAAAF9Aqo/UFIPdcgAAAwAAUECTEEWgAAADAAADACmg',
  'hwAAAwAAAwAAAwB/QAAAAwAAAwAAAwAhIAAAAwAAAwAAAwJuAAADAAADAAAJyAAAAwAW8A==',
].join('');

/** The same, 320 × 240, with four inks, as `convert -colorspace CMYK -quality 30` wrote it. */
const kCmyk = [
  '/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwAbEhQXFBEbFxYXHhwbIChCKyglJShROj0wQmBVZWRfVV1baniZgWpxkHNbXYW1hpCeo6utq2eAvMm6pseZqKuk',
  '/9sAQwEcHh4oIyhOKytOpG5dbqSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk/8AAFAgA8AFABAEiAAIRAQMR',
  'AQQRAP/EABoAAQACAwEAAAAAAAAAAAAAAAABAwIEBQb/xAAvEAEAAgADBwMDBAIDAAAAAAAAAQIDETEEEhUyU3GRIaLRQVFhIjNSgUKxBROh/8QAGQEB',
  'AAMBAQAAAAAAAAAAAAAAAAECAwUE/8QAHBEBAQADAQEBAQAAAAAAAAAAAAECEVETEiEx/9oADgQBAAIRAxEEAAA/APMgA9MAAAAAAAAAAAAAAAAAAAAA',
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAJiJnSM2dcGfrOSZNotkYXxKU5rR',
  'CsXxhVj8styv8YT81X7iqdrpGkWlrDZ3K/xhjOFWfpkfNPuEbXT61tCgWzgz9JzVzExrGSLLFpZVtMWl+W0T+EAISzAAAAAAAAAAAAAAAAAAAAAAAAAA',
  'AAAAAAAWUwpn1n0hlh4f+VvCxeY9Uyy41cfacpmuHPeSIiIyiMgF2bVmc5zkABAAAExExlMACY9NFN8LL1rp9lbaV4mHn611UuPF8cutnA2n13cSe0qQ',
  'FGjbAAAAAAAAAAAAAAAAAAAAAAAAAAAAFmFTOc50hhEZzENmIyjKFsZtXK6UbVi7lN2Nbf6AGjJogAAAAAAAAAAAqxaZfqj+1TamM4ylrWjdtMM8o0xu',
  '27smLv13J1j/AEgBVdsAAAAAAAAAAAAAAAAAAAAAAAAAAtwY9Zn7LWOFGVI/LJrP4xyu65+0W38a0/b0AEoVAAAAAAAAAAAAKseNLLWOJGdJRf4nG6qz',
  'AtuYtZ/OTXAZNnRAAAAAAAAAAAAAAAAAAAAAAAAABtV9Kx2CNBswcufWZAAQAAAAAAAAAAAAToAJaomdZQxbunGgACQAAAAAAAAAAAAAAAAAAAAAABtV',
  '9ax2GOFOdIZNYwrmXjdvaPtIAkYgAAAAAAAAAAAE6CMScqSgiaxvWiPvLWAZN3UAAAAAAAAAAAAAAAAAAAAAAAAABbgT6zC1rVndmJbMTnGcNMazzn60',
  'trpu4m9GlgBZRrgAAAAAAAAAAAKsadKrZnKM5a1p3rTKuV/FsZ+r9kpvYm99KoAZtW8AAAAAAAAAAAAAAAAAAAAAAAAAAswr5TuzorEy6RZthiUjEpNZ',
  'bQrw8TP0nVY0l2ys00MSlsO27aABKGAAAAAAAADDExN30jVFuiTbKlLXtFax6sca/wDjH9qgZ27bSadDCw4w6RWABCWYAAAAAAAAAAAAAAAAAAAAAAAA',
  'AAAAtpi5elvKoTLpFm2GJh1xK5WhtRMTGcDWraa6SsrjfyjwvMmdwrVxNlvXl/VH/q0YxiVn6p3q/eE7V1VM0tGtZj+kiN6v3hE4lY+ps1SKWnSsz/TI',
  'mctVU432jyrtabayi5RaY1bh7Le3N+mFl8X6V8qgUt20k028PDrhxlWP7AEJZgAAAAAAAAAAAAAAAAAAAAAAAACJ0b8f8ZaYif8Atj1/CeF26seHQpyV',
  '7QyeL2z6tp5bjG3Z/v8Atj4c3hdurHg4Xbqx4dIPbPpo4xt/X9sfDm8Lt1Y8HC7dWPDpB7Z9NHGNv6/tj4c3hdurHg4Xbqx4dIPbPpo4xt/X9sfDm8Lt',
  '1Y8HC7dWPDpB7Z9NHGNv6/tj4c3hdurHg4Xbqx4dIPbPpo4xt/X9sfDm8Lt1Y8HC7dWPDpB7Z9NHGNv6/tj4c3hdurHg4Xbqx4dIPbPpo4xt/X9sfDm8',
  'Lt1Y8HC7dWPDpB7Z9NHGNv6/tj4c3hdurHg4Xbqx4dIjU9s+mjjG39f2x8PPTGUzCE25p7oe1V6ik50rM6zAADIAAAAAAAAAAAAAAAAAAROj0FOSvaGT',
  'GnJXtDJzV3iZ1AAQAAAAAAAAAAAAAAAABGoRqA89bmnuhNuae6HSUe2w/wBuvaAAGQAAAAAAAAAAAAAAAAAAidHoKcle0MmNOSvaGTmrvEzqAAgAAAAA',
  'AAAAAAAAAAACNQjUB563NPdCbc090Oko9th/t17QAAyAAAAAAAAAAAAAAAAAAETo9BTkr2hkxpyV7Qyc1d4mdQAEAAAAAAAAAAAAAAAAARqEagPPW5p7',
  'oTbmnuh0lHtsP9uvaAAGQAAAAAAD/9k=',
].join('');

export function heicPhoto(): FileToAttach {
  return { name: 'IMG_0042.HEIC', mimeType: 'image/heic', buffer: Buffer.from(kHeic, 'base64') };
}

export function cmykScan(): FileToAttach {
  return { name: 'printer.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(kCmyk, 'base64') };
}

/** An APP1 segment that says nothing but the orientation. Source: Exif 2.32, 4.6.4 A, tag 274; CIPA DC-008. */
function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** `jpeg` as a camera held sideways stores it: the pixels lie, a segment says how to turn them. */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), orientationSegment(orientation), jpeg.subarray(2)]);
}

/** A PDF of one empty page; `locked` names an encryption dictionary, so that it opens with a password only. */
export function pdf(name: string, { locked = false } = {}): FileToAttach {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 200 200 ] >>',
    ...(locked
      ? [
          `<< /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O <${'0'.repeat(96)}> /U <${'0'.repeat(96)}> >>`,
        ]
      : []),
  ];
  let text = '%PDF-1.7\n';
  let table = '0000000000 65535 f \n';
  for (const [index, object] of objects.entries()) {
    table += `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const count = objects.length + 1;
  const entry = locked ? ' /Encrypt 4 0 R' : '';
  const end = `trailer << /Root 1 0 R /Size ${count}${entry} >>\nstartxref\n${text.length}\n%%EOF\n`;
  const buffer = Buffer.from(`${text}xref\n0 ${count}\n${table}${end}`, 'latin1');
  return { name, mimeType: 'application/pdf', buffer };
}
