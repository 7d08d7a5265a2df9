import { plainRequest } from '../../../server/plain-request.ts';
import { serverApp } from '../../../server/server-app.ts';

const forward = (request: Request) => serverApp().service.fetch(plainRequest(request));

export {
  forward as DELETE,
  forward as GET,
  forward as HEAD,
  forward as OPTIONS,
  forward as PATCH,
  forward as POST,
  forward as PUT,
};
