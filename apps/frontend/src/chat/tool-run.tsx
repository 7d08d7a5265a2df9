import { CheckIcon, CrossIcon } from '../shell/icons.tsx';
import type { ToolStatus } from './chat-reducer.ts';
import { changesTasks, toolLabel } from './tool-labels.ts';

interface ToolRunProps {
  name: string;
  status: ToolStatus;
  /** The answer it belongs to is still being written. */
  running: boolean;
}

/** One line that says what the assistant does to the list. */
export function ToolRun({ name, status, running }: ToolRunProps) {
  const marked = status === 'done' && changesTasks(name);
  return (
    <p
      className={`flex items-center gap-1.5 text-sm font-semibold ${status === 'failed' ? 'text-danger' : 'text-faded'}`}
    >
      {status === 'done' && <CheckIcon />}
      {status === 'failed' && <CrossIcon />}
      {status === 'called' && (
        <span className="grid size-5 place-items-center">
          <span className={`size-2 rounded-full ${running ? 'bg-pen animate-pulse' : 'bg-edge'}`} />
        </span>
      )}
      <span className={marked ? 'marked-still text-ink' : undefined}>
        {toolLabel(name, status)}
      </span>
    </p>
  );
}
