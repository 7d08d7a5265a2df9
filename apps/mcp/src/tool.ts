import type { McpServer, ToolAnnotations } from '@modelcontextprotocol/server';
import type { TaskRecord, TaskRepository } from '@todo/database';
import type { Logger } from '@todo/service';
import type { z } from 'zod';

/** What a tool tells its caller: a sentence for a model, and the same as data. */
export interface ToolAnswer {
  text: string;
  data: Record<string, unknown>;
}

/** Thrown by a tool's `run`; the model reads the message and can mend its call. */
export class ToolError extends Error {
  override name = 'ToolError';
}

/** One tool: what it is called, what goes in and out, and what it does to one user's tasks. */
export interface TodoTool<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  name: string;
  title: string;
  description: string;
  input: I;
  output: O;
  /** What a client may assume, for instance to ask before something is destroyed. */
  hints: Required<Pick<ToolAnnotations, 'readOnlyHint' | 'destructiveHint' | 'idempotentHint'>>;
  run(tasks: TaskRepository, input: z.output<I>): Promise<ToolAnswer>;
}

/** Keeps the types of a tool's input and output together; returns it unchanged. */
export function defineTool<I extends z.ZodType, O extends z.ZodType>(
  tool: TodoTool<I, O>,
): TodoTool<I, O> {
  return tool;
}

/** Adds a tool to a server; it works on the tasks of one user, who was named by the token. */
export function registerTool<I extends z.ZodType, O extends z.ZodType>(
  server: McpServer,
  tool: TodoTool<I, O>,
  { tasks, logger }: { tasks: TaskRepository; logger: Logger },
): void {
  const { name, title, description, input, output, hints } = tool;
  server.registerTool<z.ZodType, z.ZodType>(
    name,
    {
      title,
      description,
      inputSchema: input,
      outputSchema: output,
      annotations: { ...hints, openWorldHint: false },
    },
    async (args: unknown) => {
      try {
        // The server has parsed the arguments with `input` already.
        const { text, data } = await tool.run(tasks, args as z.output<I>);
        return { content: [{ type: 'text' as const, text }], structuredContent: data };
      } catch (error) {
        return { isError: true, content: [{ type: 'text' as const, text: fault(error, logger) }] };
      }
    },
  );
}

/** The task, or the error that a model can act on; a foreign task is as unknown as a missing one. */
export function found(task: TaskRecord | undefined, id: string): TaskRecord {
  if (!task)
    throw new ToolError(
      `There is no task with id ${id}. Call list_tasks to see the ids that exist.`,
    );
  return task;
}

function fault(error: unknown, logger: Logger): string {
  if (error instanceof ToolError) return error.message;
  logger.error({ err: error }, 'tool failed');
  return 'The tasks cannot be reached right now. Try again in a moment.';
}
