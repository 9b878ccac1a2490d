import { encode } from 'uqr';
import { PALETTE } from '@/components/ui/palette';

const QUIET_ZONE = 2;

/** A QR code as SVG that fills its element: dark on light in every theme, as cameras expect. */
export function qrMarkup(text: string): string {
  const { data, size } = encode(text, { border: QUIET_ZONE, ecc: 'M' });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return `<svg viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" aria-hidden="true"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="${PALETTE.light.ink}" d="${path}"/></svg>`;
}
