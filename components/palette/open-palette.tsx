import type { TypedAhead } from '@/components/layout/aids/palette';
import { mountIsland } from '@/components/ui/mount-island';
import { Palette } from './palette';

/** Opens the palette over the page. */
export function openPalette(typed: TypedAhead): void {
  mountIsland((remove) => <Palette typed={typed} onClose={remove} />);
}
