import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { renderView } from '../../pages/testing/renderView';
import type { RunAnswer } from '../client/answers';
import { RemovableFilter } from '../filters/RemovableFilter';
import { ReplicatedFile } from './ReplicatedFile';

afterEach(cleanup);

const show = (replicated: RunAnswer['replicated']) =>
  renderView(<ReplicatedFile run={{ replicated } as unknown as RunAnswer} />);
const file = { url: 's3://history/a/1.json', bytes: 10, problem: null, written_at: '2026-11-22T03:00:00Z' };

it('says where a run was replicated, to be copied', () => {
  show(file);
  expect(screen.getByText('s3://history/a/1.json').title).toBe('Written 2026-11-22 03:00:00.000 +00:00');
  expect(screen.getByRole('button', { name: /Copy the address/ })).toBeTruthy();
});

it('says why it was not, and nothing where nobody tried', () => {
  show({ ...file, url: null, problem: 'the id is too long for a key' });
  expect(screen.getByText('Not replicated: the id is too long for a key')).toBeTruthy();
  cleanup();
  show(null);
  expect(screen.queryByText(/eplicated/)).toBeNull();
});

it('takes a filter away that came with a link', () => {
  let removed = false;
  render(<RemovableFilter label="one kind of failure" title="7" onRemove={() => (removed = true)} />);
  screen.getByRole('button', { name: 'Remove the filter: one kind of failure' }).click();
  expect(removed).toBe(true);
});
