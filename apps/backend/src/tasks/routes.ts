import { createRoute, z } from '@hono/zod-openapi';
import { newTask, task, taskChange, taskList } from '@todo/contracts';
import { tasksOf, type Db } from '@todo/database';
import { HttpProblem } from '@todo/service';
import type { MiddlewareHandler } from 'hono';
import type { BackendEnv } from '../backend-env.ts';
import { createRouter, problemResponse, sessionProblems } from '../router.ts';

const tags = ['tasks'];
const params = z.object({ id: z.string() });
const oneTask = (description: string) => ({
  description,
  content: { 'application/json': { schema: task } },
});
const unknown = problemResponse("There is no such task, or it is somebody else's.");
const invalid = problemResponse('The input is not valid.');

const listTasks = createRoute({
  method: 'get',
  path: '/api/tasks',
  tags,
  summary: "The signed-in user's tasks, oldest first.",
  responses: {
    200: { description: 'All tasks.', content: { 'application/json': { schema: taskList } } },
    ...sessionProblems,
  },
});
const addTask = createRoute({
  method: 'post',
  path: '/api/tasks',
  tags,
  summary: 'Add a task.',
  request: { body: { required: true, content: { 'application/json': { schema: newTask } } } },
  responses: { 201: oneTask('The new task.'), 400: invalid, ...sessionProblems },
});
const getTask = createRoute({
  method: 'get',
  path: '/api/tasks/{id}',
  tags,
  summary: 'One task.',
  request: { params },
  responses: { 200: oneTask('The task.'), 404: unknown, ...sessionProblems },
});
const changeTask = createRoute({
  method: 'patch',
  path: '/api/tasks/{id}',
  tags,
  summary: 'Rename a task, complete it or open it again.',
  request: {
    params,
    body: { required: true, content: { 'application/json': { schema: taskChange } } },
  },
  responses: { 200: oneTask('The task now.'), 400: invalid, 404: unknown, ...sessionProblems },
});
const removeTask = createRoute({
  method: 'delete',
  path: '/api/tasks/{id}',
  tags,
  summary: 'Delete a task.',
  request: { params },
  responses: { 204: { description: 'It is gone.' }, 404: unknown, ...sessionProblems },
});

/** Tasks of the signed-in user. */
export function taskRoutes(db: Db, signedIn: MiddlewareHandler<BackendEnv>) {
  const router = createRouter();
  router.use('/api/tasks/*', signedIn);
  router.openapi(listTasks, async (c) => {
    return c.json({ tasks: await tasksOf(db, c.var.user.id).list() }, 200);
  });
  router.openapi(addTask, async (c) => {
    return c.json(await tasksOf(db, c.var.user.id).add(c.req.valid('json')), 201);
  });
  router.openapi(getTask, async (c) => {
    return c.json(found(await tasksOf(db, c.var.user.id).get(c.req.param('id'))), 200);
  });
  router.openapi(changeTask, async (c) => {
    const tasks = tasksOf(db, c.var.user.id);
    return c.json(found(await tasks.change(c.req.param('id'), c.req.valid('json'))), 200);
  });
  router.openapi(removeTask, async (c) => {
    found(await tasksOf(db, c.var.user.id).remove(c.req.param('id')));
    return c.body(null, 204);
  });
  return router;
}

function found<T>(record: T | undefined): T {
  if (record === undefined) throw new HttpProblem(404, 'task_not_found', 'There is no such task.');
  return record;
}
