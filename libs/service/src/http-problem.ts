import type { Problem } from '@todo/contracts';
import { HTTPException } from 'hono/http-exception';
import type { z } from 'zod';

export interface HttpProblemExtras {
  /** Which parts of the request are wrong. */
  errors?: NonNullable<Problem['errors']>;
  /** Further response headers. */
  headers?: Record<string, string>;
  cause?: unknown;
}

/** Thrown by a handler; the client gets it as RFC 9457 problem details. */
export class HttpProblem extends Error {
  override name = 'HttpProblem';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly extras: HttpProblemExtras;

  /**
   * @param status HTTP status, 400–599
   * @param code stable, for programs: lower case with underscores
   * @param title the same for every occurrence of the code
   * @param detail about this occurrence; a client sees it, also with a 5xx status
   */
  constructor(
    status: number,
    code: string,
    title: string,
    detail?: string,
    extras: HttpProblemExtras = {},
  ) {
    super(detail ?? title, { cause: extras.cause });
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.extras = extras;
  }

  /** A 400 that says which fields of the input are wrong. */
  static ofInput(error: z.core.$ZodError): HttpProblem {
    const errors = error.issues.map((issue) => ({
      path: issue.path.map(String).join('.'),
      message: issue.message,
    }));
    const detail = errors
      .map(({ path, message }) => (path ? `${path}: ${message}` : message))
      .join(' ');
    return new HttpProblem(400, 'invalid_request', 'The request is not valid.', detail, { errors });
  }

  toResponse(): Response {
    const { status, code, title, detail } = this;
    const body: Problem = {
      type: 'about:blank',
      title,
      status,
      code,
      ...(detail !== undefined && { detail }),
      ...(this.extras.errors && { errors: this.extras.errors }),
    };
    return new Response(JSON.stringify(body), {
      status,
      headers: { ...this.extras.headers, 'content-type': 'application/problem+json' },
    });
  }
}

/** The service's own reading of an error that is no HttpProblem; undefined when it has none. */
export type Explain = (error: unknown) => HttpProblem | undefined;

/** The problem that a client may see for anything a handler threw; a defect's text stays inside. */
export function problemOf(error: unknown, explain?: Explain): HttpProblem {
  if (error instanceof HttpProblem) return error;
  const explained = explain?.(error);
  if (explained) return explained;
  if (error instanceof HTTPException && error.status < 500)
    return new HttpProblem(
      error.status,
      'invalid_request',
      'The request is not valid.',
      error.message,
    );
  return new HttpProblem(500, 'internal', 'Something went wrong on our side.', undefined, {
    cause: error,
  });
}
