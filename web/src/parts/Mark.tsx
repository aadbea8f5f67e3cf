// The sign of the house: a crystal of platinum with a tick of champagne.
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg className="bj-mark" width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
      <rect width="28" height="28" rx="7" fill="#1c1f22" />
      <path
        d="M14 4.8 22 9.4v9.2L14 23.2 6 18.6V9.4z"
        fill="none"
        stroke="#e4e4e0"
        strokeWidth="1.7"
        strokeLinejoin="round"
      />
      <path
        d="m10.4 13.9 2.7 2.7 4.6-5.2"
        fill="none"
        stroke="#d6ba7c"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
