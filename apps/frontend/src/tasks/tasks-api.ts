import { task, taskList, type Task, type TaskChange } from '@todo/contracts';
import { z } from 'zod';
import { request } from '../http/request.ts';

export async function listTasks(): Promise<Task[]> {
  return (await request('/api/tasks', taskList)).tasks;
}

export function addTask(title: string): Promise<Task> {
  return request('/api/tasks', task, { method: 'POST', body: { title } });
}

export function changeTask(id: string, change: TaskChange): Promise<Task> {
  return request(`/api/tasks/${id}`, task, { method: 'PATCH', body: change });
}

export function removeTask(id: string): Promise<undefined> {
  return request(`/api/tasks/${id}`, z.undefined(), { method: 'DELETE' });
}
