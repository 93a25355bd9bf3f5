/** A QR code drawn as one SVG path. */
import { correction, generate } from 'lean-qr';
import './qr.css';

/** Modules of white around the code, as the standard asks. */
const kQuietZone = 4;

/** Path data and side length, in modules, of the code for `text`; least correction, for the fewest modules. */
export function qrPath(text: string): { readonly path: string; readonly side: number } {
  const code = generate(text, { maxCorrectionLevel: correction.L });
  let path = '';
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (code.get(x, y)) path += `M${x + kQuietZone} ${y + kQuietZone}h1v1h-1z`;
    }
  }
  return { path, side: code.size + 2 * kQuietZone };
}

export function Qr({ text, label }: { readonly text: string; readonly label: string }) {
  const { path, side } = qrPath(text);
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect class="qr__paper" width={side} height={side} />
      <path class="qr__ink" d={path} />
    </svg>
  );
}
