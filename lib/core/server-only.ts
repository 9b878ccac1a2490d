// Stands in for the `server-only` package where no bundler of Next's is at work (the front, tests).
export {};
