import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ServiceError } from '../client/ServiceError';
import { ErrorMessage } from './ErrorMessage';
import { OutageBanner } from './OutageBanner';

const retry = vi.fn();
afterEach(cleanup);

const parts = (...errors: ServiceError[]) => (
  <OutageBanner onRetry={retry}>
    {errors.map((error, index) => (
      <ErrorMessage key={index} error={error} />
    ))}
  </OutageBanner>
);
const away = () => new ServiceError('unreachable', 'Nothing listens there.');

it('what concerns every part is said once, and no longer than it holds', () => {
  const { rerender } = render(parts(away(), away(), away()));
  expect(screen.getAllByRole('alert')).toHaveLength(1);
  expect(screen.getAllByText('Nothing listens there.')).toHaveLength(1);
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(retry).toHaveBeenCalledOnce();
  rerender(parts());
  expect(screen.queryByRole('alert')).toBeNull();
});

it('what concerns one part is said there', () => {
  render(parts(new ServiceError('refused', 'from is after to'), new ServiceError('not_found', 'no such job')));
  expect(screen.getAllByRole('alert')).toHaveLength(2);
});
