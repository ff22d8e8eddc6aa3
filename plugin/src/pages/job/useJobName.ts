import { useLocation } from 'react-router-dom';

/** The job that the page is about. */
export function useJobName(): string {
  return new URLSearchParams(useLocation().search).get('job') ?? '';
}
