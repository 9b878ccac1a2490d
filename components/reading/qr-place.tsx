import { cn } from '@/components/ui/class-names';

interface QrPlaceProps {
  label: string;
  /** As `qrMarkup` makes it; without it, `watchShare` adds it when the popover with this place opens. */
  markup?: string;
}

/** Where a QR code stands. */
export function QrPlace({ label, markup }: QrPlaceProps) {
  const place = {
    role: 'img',
    'aria-label': label,
    className: cn(
      'size-[224px] self-center rounded-sm border border-hair',
      markup === undefined && 'needs-script',
    ),
  };
  return markup === undefined ? (
    <div {...place} data-qr="" />
  ) : (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: numbers and two colours
    <div {...place} dangerouslySetInnerHTML={{ __html: markup }} />
  );
}
