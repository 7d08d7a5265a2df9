import type { ServiceEnv } from '@todo/service';

/** The signed-in person. */
export interface User {
  id: string;
  name: string;
  email: string;
}

/** What a handler of the API finds in `c.var`; `user` behind requireUser only. */
export interface BackendEnv {
  Variables: ServiceEnv['Variables'] & { user: User };
}
