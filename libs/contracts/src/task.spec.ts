import { describe, expect, it } from 'vitest';
import { newTask, taskChange } from './task.ts';

describe('task bodies', () => {
  it('trims a title and refuses an empty one', () => {
    expect(newTask.parse({ title: '  buy milk ' })).toEqual({ title: 'buy milk' });
    expect(newTask.safeParse({ title: '   ' }).success).toBe(false);
  });

  it('refuses a title that the database cannot store', () => {
    expect(newTask.safeParse({ title: 'a\0b' }).success).toBe(false);
  });

  it('refuses fields a caller must not set', () => {
    expect(newTask.safeParse({ title: 'x', userId: 'somebody' }).success).toBe(false);
  });

  it('refuses a change that changes nothing', () => {
    expect(taskChange.safeParse({}).success).toBe(false);
    expect(taskChange.parse({ completed: true })).toEqual({ completed: true });
  });
});
