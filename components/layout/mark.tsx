export function Mark() {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M4.5 6.5V17H13" opacity=".35" />
      <path d="M6.5 4.5V15H15" opacity=".6" />
      <path d="M8.5 2.5H14l3 3V13H8.5z" />
    </svg>
  );
}
