// Replaces the `server-only` package where Next's bundler does not run (the front, tests).
export {};
