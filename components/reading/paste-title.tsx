interface PasteTitleProps {
  slug: string;
  title: string;
}

/** The title of a paste in a list; the whole row leads to the paste. */
export function PasteTitle({ slug, title }: PasteTitleProps) {
  return (
    <h2 className="text-base font-semibold [overflow-wrap:anywhere]">
      <a href={`/${slug}`} className="before:absolute before:inset-0 hover:text-accent">
        <bdi>{title}</bdi>
      </a>
    </h2>
  );
}
