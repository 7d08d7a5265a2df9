/** What the product does, shown instead of told. Decoration: hidden from screen readers and phones. */
export function AuthSample() {
  return (
    <div aria-hidden="true" className="hidden gap-6 text-lg lg:grid">
      <p className="bg-wash w-fit max-w-md rounded-2xl rounded-bl-md px-5 py-3">
        I paid the rent. Remind me to call the dentist on Monday.
      </p>
      <div className="border-rule max-w-md border-y">
        <p className="border-rule flex items-center gap-4 border-b py-3">
          <SampleCheck />
          <span>
            <span className="marked-still">Call the dentist on Monday</span>
          </span>
        </p>
        <p className="border-rule flex items-center gap-4 border-b py-3">
          <SampleCheck checked />
          <span className="text-faded line-through">
            <span className="marked-still">Pay the rent</span>
          </span>
        </p>
        <p className="flex items-center gap-4 py-3">
          <SampleCheck />
          Water the plants
        </p>
      </div>
    </div>
  );
}

function SampleCheck({ checked = false }: { checked?: boolean }) {
  return (
    <svg viewBox="0 0 24 24" className="size-6 shrink-0" fill="none">
      <rect
        x="1"
        y="1"
        width="22"
        height="22"
        rx="5.5"
        strokeWidth="2"
        className={checked ? 'fill-pen stroke-pen' : 'fill-paper stroke-edge'}
      />
      {checked && (
        <path
          d="m6.5 12.5 4 4 7.5-9"
          strokeWidth="2.5"
          strokeLinecap="round"
          strokeLinejoin="round"
          className="stroke-on-pen"
        />
      )}
    </svg>
  );
}
