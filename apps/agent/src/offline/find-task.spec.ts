import { describe, expect, it } from 'vitest';
import { findTask } from './find-task.ts';
import { taskCalled } from '../testing/task.ts';

const titles = [
  'Buy milk',
  'Buy oat milk',
  'Call mum',
  'Tidy the kitchen',
  'Write the report',
  '🎉',
];
const tasks = titles.map((title) => taskCalled(title));

const found = (query: string) => {
  const finding = findTask(query, tasks);
  if (finding.kind === 'one') return finding.task.title;
  return finding.kind === 'none' ? 'none' : finding.tasks.map(({ title }) => title);
};

describe('a task is found', () => {
  it.each([
    ['buy milk', 'Buy milk'],
    ['BUY MILK!', 'Buy milk'],
    ['the oat milk', 'Buy oat milk'],
    ['call my mum', 'Call mum'],
    ['mum', 'Call mum'],
    ['called mum', 'Call mum'],
    ['kitchen', 'Tidy the kitchen'],
    ['tidied the kitchen', 'Tidy the kitchen'],
    ['writing reports', 'Write the report'],
    ['the reprot', 'none'],
    ['the repport', 'Write the report'],
    ['kitchn', 'Tidy the kitchen'],
    ['🎉', '🎉'],
  ])('by %s: %s', (query, title) => {
    expect(found(query)).toBe(title);
  });
});

describe('nothing is guessed', () => {
  it('when several titles fit', () => {
    expect(found('milk')).toEqual(['Buy milk', 'Buy oat milk']);
  });

  it('when no title fits', () => {
    expect(found('the dentist')).toBe('none');
    expect(found('buy a car')).toBe('none');
    expect(found('')).toBe('none');
  });
});

it('takes the oldest of equal titles', () => {
  const [first, second] = [taskCalled('buy milk'), taskCalled('buy milk')];
  expect(findTask('milk', [first, second])).toEqual({ kind: 'one', task: first });
});
