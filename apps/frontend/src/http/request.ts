import type { z } from 'zod';
import { ApiError, errorFrom, offline } from './api-error.ts';

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Calls the backend on this page's own origin and reads the answer by its schema.
 * @param path e.g. `/api/tasks`
 * @throws ApiError for every failure but an abort, also for an answer of another shape
 */
export async function request<T>(
  path: string,
  schema: z.ZodType<T>,
  options: RequestOptions = {},
): Promise<T> {
  const response = await send(path, options);
  const body: unknown =
    response.status === 204 ? undefined : await response.json().catch(() => undefined);
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new ApiError(
      response.status,
      'unexpected',
      'The server answered in a way this page does not understand. Reload it.',
    );
  }
  return parsed.data;
}

/**
 * The same without reading the body, for streams.
 * @throws ApiError when the response is not a success or there is none
 */
export async function send(
  path: string,
  { method = 'GET', body, signal }: RequestOptions,
): Promise<Response> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    ...(signal && { signal }),
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw offline();
  });
  if (!response.ok) throw await errorFrom(response);
  return response;
}
