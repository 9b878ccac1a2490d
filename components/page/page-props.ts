export interface SearchPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export interface SlugPageProps extends SearchPageProps {
  params: Promise<{ slug: string }>;
}
