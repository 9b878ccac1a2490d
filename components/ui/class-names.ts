import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

// Sizes of type that Tailwind does not have would be taken for colours.
const twMerge = extendTailwindMerge({ extend: { theme: { text: ['2xs', 'code'] } } });

/** Joins class names; of two that contradict each other the later one wins. */
export function cn(...inputs: ClassValue[]): string {
  return twMerge(clsx(inputs));
}
