import { cn } from './class-names';

interface AvatarProps {
  /** As returned by `avatarUrl`. */
  src: string;
  /** In CSS pixels, both ways. */
  size: number;
  className?: string;
}

/** Decorative: the name is always beside it, or in its button's label. */
export function Avatar({ src, size, className }: AvatarProps) {
  return (
    // biome-ignore lint/performance/noImgElement: small already, and cached forever
    <img
      // By path alone: the page may have been opened under another name of this host.
      src={new URL(src).pathname}
      alt=""
      width={size}
      height={size}
      decoding="async"
      className={cn('shrink-0 self-start rounded-full bg-hair object-cover', className)}
    />
  );
}
