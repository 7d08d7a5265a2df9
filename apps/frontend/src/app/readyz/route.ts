import { serverApp } from '../../server/server-app.ts';

export const dynamic = 'force-dynamic';

export const GET = (request: Request) =>
  serverApp().draining
    ? Response.json({ status: 'draining', checks: {} }, { status: 503 })
    : serverApp().service.fetch(request);
