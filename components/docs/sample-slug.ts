/** The link that examples speak of. */
export const SAMPLE_SLUG = '7hPq3nXv9KdR';
