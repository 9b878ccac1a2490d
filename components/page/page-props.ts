import type { Query } from './query';

export interface SearchPageProps {
  searchParams: Promise<Query>;
}

export interface SlugPageProps extends SearchPageProps {
  params: Promise<{ slug: string }>;
}
