import { describe, expect, it } from 'vitest';
import { errorFrom } from './api-error.ts';

describe('a failed response becomes a sentence', () => {
  it('from problem details, the field error first', async () => {
    const response = Response.json(
      {
        title: 'Bad request',
        status: 400,
        code: 'invalid_body',
        detail: 'The body is not valid.',
        errors: [{ path: 'title', message: 'A title needs at least one character.' }],
      },
      { status: 400 },
    );
    expect(await errorFrom(response)).toMatchObject({
      status: 400,
      code: 'invalid_body',
      message: 'A title needs at least one character.',
    });
  });

  it('from the auth library', async () => {
    const response = Response.json(
      { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' },
      { status: 401 },
    );
    expect(await errorFrom(response)).toMatchObject({
      status: 401,
      code: 'INVALID_EMAIL_OR_PASSWORD',
      signedOut: true,
    });
  });

  it('from a body that nobody wrote for us', async () => {
    const error = await errorFrom(new Response('<h1>504</h1>', { status: 504 }));
    expect(error).toMatchObject({ status: 504, code: 'unexpected' });
    expect(error.message).not.toContain('504');
  });
});
