/** Stands where the list will be while it loads. */
export function TaskListSkeleton() {
  return (
    <div role="status" className="border-rule border-t">
      <span className="sr-only">Your tasks are loading.</span>
      {['w-3/5', 'w-2/5', 'w-1/2'].map((width) => (
        <div key={width} className="border-rule flex h-14 items-center gap-4 border-b pl-1">
          <span className="skeleton size-6" />
          <span className={`skeleton h-4 ${width}`} />
        </div>
      ))}
    </div>
  );
}
