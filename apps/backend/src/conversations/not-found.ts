import { HttpProblem } from '@todo/service';

/** Says the same of a conversation that does not exist and of somebody else's. */
export function conversationNotFound(): HttpProblem {
  return new HttpProblem(404, 'conversation_not_found', 'There is no such conversation.');
}
