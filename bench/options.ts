/** How long each part of a run takes; 0 seconds of load are one request on each connection. */
export interface Scale {
  rounds: number;
  /** Seconds of load on each case before the first round. */
  warmUp: number;
  /** Seconds of load on a case in each round. */
  round: number;
  /** Seconds of the mixed load that is to give no error. */
  saturation: number;
  /** Seconds between a start and the measurement of idle memory. */
  settle: number;
  /** Seconds of load on large pastes while memory is measured. */
  readers: number;
  /** Seconds without requests before memory is measured again. */
  rest: number;
  /** Seconds of requests at a steady rate in which memory is not to grow. */
  steady: number;
}

export const SCALES = {
  full: { rounds: 3, warmUp: 1, round: 3, saturation: 60, settle: 10, readers: 20, rest: 60, steady: 600 },
  quick: { rounds: 3, warmUp: 1, round: 1, saturation: 20, settle: 5, readers: 15, rest: 15, steady: 40 },
  smoke: { rounds: 1, warmUp: 0, round: 0, saturation: 0, settle: 0, readers: 0, rest: 0, steady: 0 },
} as const satisfies Record<string, Scale>;

export interface Options {
  scale: keyof typeof SCALES;
  /** What to measure. */
  names: string[];
  /** Whether no part is left out. */
  isComplete: boolean;
  /** What is measured in place of the parts: growth, or this version against the one in a folder. */
  instead?: { growth: true } | { against: string };
}

/**
 * Reads the arguments: beginnings of what `all` lists, and `--quick` or `--smoke`. Without names, all is
 * measured. `--growth`, and `--against` with a folder, take no names. Throws with one sentence for an unknown argument.
 */
export function parseOptions(args: readonly string[], all: readonly string[]): Options {
  let scale: Options['scale'] = 'full';
  let instead: Options['instead'];
  const chosen = new Set<string>();
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--quick') scale = 'quick';
    else if (arg === '--smoke') scale = 'smoke';
    else if (arg === '--growth') instead = { growth: true };
    else if (arg === '--against') instead = { against: readFolder(rest.shift()) };
    else for (const name of findNames(arg, all)) chosen.add(name);
  }
  const isComplete = chosen.size === 0;
  if (instead !== undefined && !isComplete)
    throw new Error('--growth and --against cannot be combined with names.');
  const names = all.filter((name) => isComplete || chosen.has(name));
  return { scale, names, isComplete, ...(instead && { instead }) };
}

function readFolder(arg = ''): string {
  if (arg === '' || arg.startsWith('--')) throw new Error('--against needs the folder of a built checkout.');
  return arg;
}

function findNames(arg: string, all: readonly string[]): string[] {
  const found = all.filter((name) => arg !== '' && name.startsWith(arg));
  if (found.length === 0) {
    throw new Error(`There is nothing called ${arg}: use --quick, --smoke, or ${all.join(', ')}.`);
  }
  return found;
}
