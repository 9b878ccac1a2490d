import { NodeProp, type Tree } from '@lezer/common';
import { getStyleTags } from '@lezer/highlight';
import type { Pace } from './pace';
import { classNumber } from './token-classes';

const CHECK_EVERY = 256;

interface Layer {
  readonly tree: Tree;
  readonly offset: number;
  /** Where this layer shows, in order; everywhere if null. */
  readonly windows: readonly { readonly from: number; readonly to: number }[] | null;
}

/**
 * Writes every node's class number over the characters it spans: parents first, then their children,
 * then the trees of embedded languages. Unlike highlightTree it does not recurse and can pause or end
 * at any node.
 * @returns whether all of the tree was painted
 */
export async function paint(
  tree: Tree,
  canvas: Uint8Array,
  { pace, isSpent }: { pace: Pace; isSpent: () => boolean },
): Promise<boolean> {
  const layers: Layer[] = [{ tree, offset: 0, windows: null }];
  for (let layer = layers.shift(); layer; layer = layers.shift()) {
    const steps = paintLayer(layer, canvas, layers);
    while (!steps.next().done) {
      if (!pace.isSliceOver()) continue;
      if (isSpent()) return false;
      await pace.rest();
    }
  }
  return true;
}

function* paintLayer({ tree, offset, windows }: Layer, canvas: Uint8Array, layers: Layer[]): Generator<void> {
  const brush = windows ? windowed(canvas, windows) : canvas;
  for (const { from, to } of windows ?? []) canvas.fill(0, from, to);

  const cursor = tree.cursor();
  const inherited: number[] = [];
  const painted: number[] = [];
  let inheritedClass = 0;
  let paintedClass = 0;

  for (let count = 1; ; count++) {
    if (count % CHECK_EVERY === 0) yield;
    const style = getStyleTags(cursor);
    const own = style ? classNumber(style, cursor) : 0;
    const shown = own || inheritedClass;
    if (shown !== paintedClass) brush.fill(shown, cursor.from + offset, cursor.to + offset);

    const mounted = cursor.tree?.prop(NodeProp.mounted);
    if (mounted?.overlay) {
      const start = cursor.from + offset;
      layers.push({
        tree: mounted.tree,
        offset: start + (mounted.overlay[0]?.from ?? 0),
        windows: mounted.overlay.map(({ from, to }) => ({ from: from + start, to: to + start })),
      });
    }

    if (!style?.opaque && cursor.firstChild()) {
      inherited.push(inheritedClass);
      painted.push(paintedClass);
      if (style?.inherit && own) inheritedClass = own;
      paintedClass = shown;
      continue;
    }
    while (!cursor.nextSibling()) {
      if (!cursor.parent()) return;
      inheritedClass = inherited.pop() ?? 0;
      paintedClass = painted.pop() ?? 0;
    }
  }
}

/** Fills come ordered by their start, so a window once passed is never needed again. */
function windowed(canvas: Uint8Array, windows: NonNullable<Layer['windows']>) {
  let first = 0;
  return {
    fill(value: number, from: number, to: number): void {
      while (first < windows.length && (windows[first]?.to ?? 0) <= from) first++;
      for (let index = first; index < windows.length; index++) {
        const window = windows[index];
        if (!window || window.from >= to) break;
        canvas.fill(value, Math.max(from, window.from), Math.min(to, window.to));
      }
    },
  };
}
