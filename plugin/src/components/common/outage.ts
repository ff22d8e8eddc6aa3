import { createContext, useContext, useEffect } from 'react';
import type { ServiceError } from '../client/ServiceError';

/** Takes an error that concerns a whole page. @returns takes it back */
export type Report = (error: ServiceError) => () => void;

export const OutageContext = createContext<Report | undefined>(undefined);

/** Tells the page of what concerns all of its parts alike. @returns whether the page says it, so that the part need not */
export function useOutage(error: ServiceError): boolean {
  const report = useContext(OutageContext);
  const told = report !== undefined && (error.kind === 'unreachable' || error.kind === 'unauthorized');
  useEffect(() => (told ? report(error) : undefined), [told, report, error]);
  return told;
}
