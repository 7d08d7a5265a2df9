import { McpServer } from '@modelcontextprotocol/server';
import type { TaskRepository } from '@todo/database';
import type { Logger } from '@todo/service';
import { registerTool } from './tool.ts';
import { addTask } from './tools/add-task.ts';
import { completeTask } from './tools/complete-task.ts';
import { deleteTask } from './tools/delete-task.ts';
import { listTasks } from './tools/list-tasks.ts';
import { updateTask } from './tools/update-task.ts';

/**
 * The MCP server for one request: all tools, bound to one user's tasks.
 * @param tasks the only data that the tools can reach
 */
export function createTodoServer(tasks: TaskRepository, logger: Logger): McpServer {
  const server = new McpServer({ name: 'todo', title: 'Todo', version: '1.0.0' });
  const bound = { tasks, logger };
  registerTool(server, addTask, bound);
  registerTool(server, listTasks, bound);
  registerTool(server, completeTask, bound);
  registerTool(server, updateTask, bound);
  registerTool(server, deleteTask, bound);
  return server;
}
