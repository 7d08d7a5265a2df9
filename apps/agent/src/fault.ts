import { MaxTurnsExceededError, ModelBehaviorError, ModelRefusalError } from '@openai/agents';
import type { RunEvent } from '@todo/contracts';
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  AuthenticationError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from 'openai';

type ErrorEvent = Extract<RunEvent, { type: 'error' }>;

/** The todo tools cannot be reached, or refuse the caller's token. */
export class ToolsUnavailableError extends Error {
  override name = 'ToolsUnavailableError';
}

/** What a person may know of an error; keys, addresses and the endpoint's own words stay inside. */
export function faultOf(error: unknown): ErrorEvent {
  const [code, detail] = describe(error);
  return { type: 'error', code, detail };
}

function describe(error: unknown): [code: string, detail: string] {
  if (error instanceof ToolsUnavailableError)
    return ['tools_unavailable', 'The task list cannot be reached right now. Try again shortly.'];
  if (error instanceof AuthenticationError || error instanceof PermissionDeniedError)
    return ['model_key_refused', 'The model endpoint refused the API key.'];
  if (error instanceof NotFoundError)
    return [
      'model_unknown',
      'The model endpoint does not know the configured model. Check OPENAI_MODEL and OPENAI_BASE_URL.',
    ];
  if (error instanceof RateLimitError)
    return [
      'model_busy',
      'The model endpoint takes no more requests for now: its rate limit or quota is used up.',
    ];
  if (error instanceof APIConnectionTimeoutError)
    return ['model_timeout', 'The model endpoint did not answer in time.'];
  if (error instanceof APIConnectionError)
    return ['model_unreachable', 'The model endpoint cannot be reached.'];
  if (error instanceof APIError && error.status !== undefined && error.status < 500)
    return ['model_rejected', 'The model endpoint rejected the request.'];
  if (error instanceof APIError)
    return ['model_failed', 'The model endpoint failed. Try again shortly.'];
  if (error instanceof MaxTurnsExceededError)
    return ['too_many_steps', 'This took too many steps. Try it in smaller ones.'];
  if (error instanceof ModelRefusalError)
    return ['model_declined', 'The model declined to answer that.'];
  if (error instanceof ModelBehaviorError)
    return ['model_confused', 'The model gave an answer that cannot be used. Try again.'];
  return ['internal', 'The assistant failed. Try again.'];
}
