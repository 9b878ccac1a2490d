/** Documented in `usage.ts`. */
export const EXIT = { refused: 1, usage: 2, network: 3, encryption: 4, interrupted: 130 } as const;

/** Ends the client with one sentence on standard error and an exit code. */
export class Failure extends Error {
  constructor(
    readonly exit: keyof typeof EXIT,
    /** What is printed; empty for nothing. */
    message: string,
    /** Of the server's answer, if there was one. */
    readonly status?: number,
  ) {
    super(message);
    this.name = 'Failure';
  }
}

/** What an error of Node says about a file or a connection, without its code and its path. */
export function reasonOf(error: unknown): string {
  const { message } = error instanceof Error ? error : new Error(String(error));
  return (/^[A-Z_0-9]+: ([^,]+)/.exec(message)?.[1] ?? message).replace(/\.$/, '');
}

/** Whether it is an error of Node with this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
