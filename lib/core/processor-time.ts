/**
 * Milliseconds of processor time that this process has used, to be compared with an earlier value. A browser does not
 * tell it: there, the time that has passed.
 */
export function processorMs(): number {
  if (typeof process === 'undefined' || typeof process.cpuUsage !== 'function') return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
