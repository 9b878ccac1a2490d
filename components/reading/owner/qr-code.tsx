import { encode } from 'uqr';
import { PALETTE } from '@/components/ui/palette';

const QUIET_ZONE = 2;

/** Dark on light in every theme, as cameras expect. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: QUIET_ZONE, ecc: 'M' });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width="184"
      height="184"
      shapeRendering="crispEdges"
      className="rounded-md border border-edge"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill={PALETTE.light.ink} />
    </svg>
  );
}
