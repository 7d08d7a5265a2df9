import { describe, expect, it } from 'vitest';
import { ApiError } from '../http/api-error.ts';
import { missingFields, refusal } from './auth-errors.ts';

describe('the sign-in form', () => {
  it('asks for what is missing, field by field', () => {
    expect(
      Object.keys(missingFields('sign-up', { name: ' ', email: 'ada', password: 'short' })),
    ).toEqual(['name', 'email', 'password']);
    expect(missingFields('sign-in', { name: '', email: 'ada@example.com', password: 'x' })).toEqual(
      {},
    );
  });

  it('puts a refusal beside the field it is about', () => {
    expect(refusal(new ApiError(422, 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL', 'x'))).toHaveProperty(
      'email',
    );
    expect(refusal(new ApiError(401, 'INVALID_EMAIL_OR_PASSWORD', 'x'))).toHaveProperty('form');
    expect(
      refusal(new ApiError(502, 'backend_unreachable', 'The backend does not answer.')),
    ).toEqual({
      form: 'The backend does not answer.',
    });
  });
});
