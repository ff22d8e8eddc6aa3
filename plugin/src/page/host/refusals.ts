import { Subject } from 'rxjs';

/** Fires when the service refuses the token, or the lack of one. */
export const refusals = new Subject<void>();
