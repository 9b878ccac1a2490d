import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export function ArrowIcon({ isBack }: { isBack: boolean }) {
  return <Icon>{isBack ? <path d="M10 3.5 5.5 8l4.5 4.5" /> : <path d="M6 3.5 10.5 8 6 12.5" />}</Icon>;
}

export function PlusIcon() {
  return (
    <Icon>
      <path d="M8 3v10M3 8h10" />
    </Icon>
  );
}

/** Closed, or open. */
export function LockIcon({ isOpen }: { isOpen: boolean }) {
  return (
    <Icon>
      <rect x="3" y="7" width="10" height="7" rx="1" />
      <path d={isOpen ? 'M5 7V4.75a3 3 0 0 1 5.8-1' : 'M5 7V5a3 3 0 0 1 6 0v2'} />
    </Icon>
  );
}

export function FileIcon() {
  return (
    <Icon>
      <path d="M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3" />
    </Icon>
  );
}

export function FolderIcon() {
  return (
    <Icon>
      <path d="M2 12.5v-9h4l1.5 2H14v7z" />
    </Icon>
  );
}

export function LinkIcon() {
  return (
    <Icon>
      <path d="M6.5 9.5a2.6 2.6 0 0 0 3.7 0l2.5-2.5A2.6 2.6 0 0 0 9 3.3l-.9.9M9.5 6.5a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.9-.9" />
    </Icon>
  );
}

export function CrossIcon() {
  return (
    <Icon>
      <path d="m4 4 8 8M12 4l-8 8" />
    </Icon>
  );
}
