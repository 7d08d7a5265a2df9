import { serverApp } from '../../server/server-app.ts';

export const dynamic = 'force-dynamic';

export const GET = (request: Request) => serverApp().service.fetch(request);
