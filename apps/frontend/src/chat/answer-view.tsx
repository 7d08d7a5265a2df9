import type { Answer } from './chat-reducer.ts';
import { ToolRun } from './tool-run.tsx';

export function AnswerView({ answer }: { answer: Answer }) {
  const writing = answer.state === 'streaming';
  const last = answer.parts.length - 1;
  return (
    <div data-state={answer.state} className="grid gap-2.5 pr-4">
      <span className="sr-only">Assistant: </span>
      {answer.parts.map((part, at) =>
        part.type === 'tool' ? (
          <ToolRun key={part.callId} name={part.name} status={part.status} running={writing} />
        ) : (
          <p
            // Parts are only ever appended.
            key={at}
            className={`wrap-anywhere whitespace-pre-wrap ${writing && at === last ? 'writing' : ''}`}
          >
            {part.text}
          </p>
        ),
      )}
      {writing && answer.parts[last]?.type !== 'text' && <p className="writing" />}
      {answer.state === 'stopped' && <p className="text-faded text-sm">You stopped this answer.</p>}
      {answer.state === 'failed' && (
        <p className="border-danger text-danger border-l-3 pl-3">
          {answer.detail ?? 'The answer failed.'}
        </p>
      )}
    </div>
  );
}
