/** The product's name with its mark: a speech bubble that holds a tick. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2.5 font-bold tracking-tight">
      <svg aria-hidden="true" viewBox="0 0 32 32" className="size-7 shrink-0">
        <path
          className="fill-pen"
          d="M7 3h18a5 5 0 0 1 5 5v12a5 5 0 0 1-5 5h-9l-7 5v-5H7a5 5 0 0 1-5-5V8a5 5 0 0 1 5-5z"
        />
        <path
          className="stroke-on-pen"
          fill="none"
          strokeWidth="3.4"
          strokeLinecap="round"
          strokeLinejoin="round"
          d="m9.5 14.5 4.5 4.5 8.5-9.5"
        />
      </svg>
      Todo Chatbot
    </span>
  );
}
