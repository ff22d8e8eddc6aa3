import { useState } from 'react';
import { CoreApp } from '@grafana/data';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { JoblensDataSource } from '../datasource';
import type { JoblensQuery } from '../types';
import type { ValuesWanted } from '../values';
import { QueryEditor } from './QueryEditor';

const getValues = vi.fn(({ field }: ValuesWanted) =>
  Promise.resolve(field === 'tag' ? [{ value: 'env', count: 9 }] : [{ value: 'nightly', count: 7 }])
);
const datasource = { getDefaultQuery: () => ({ question: 'counts' }), getValues } as unknown as JoblensDataSource;

let asked: JoblensQuery | undefined;
beforeEach(() => (asked = undefined));
afterEach(cleanup);

function Editor({ start }: { start: JoblensQuery }) {
  const [query, setQuery] = useState(start);
  const onChange = (next: JoblensQuery) => setQuery((asked = next));
  return (
    <QueryEditor
      datasource={datasource}
      query={query}
      onChange={onChange}
      onRunQuery={vi.fn()}
      app={CoreApp.Dashboard}
    />
  );
}

const show = (fields: Partial<JoblensQuery>) =>
  render(<Editor start={{ refId: 'A', question: 'counts', ...fields }} />);

/** Types into a combobox and takes an option, as a person does. */
async function choose(name: string, option: string) {
  const box = screen.getByRole('combobox', { name });
  fireEvent.click(box);
  fireEvent.change(box, { target: { value: option } });
  fireEvent.click(await screen.findByRole('option', { name: (text) => text.startsWith(option) }));
}

it('shows only the fields that mean something for the question', () => {
  show({ question: 'streak' });
  expect(screen.getByLabelText('Question')).toBeTruthy();
  expect(screen.queryByLabelText('Group by')).toBeNull();
  expect(screen.queryByLabelText('Search')).toBeNull();
});

it('lets another question be chosen where it does not know the stored one', async () => {
  render(<Editor start={JSON.parse('{ "refId": "A", "question": "prophecy" }')} />);
  expect(screen.getByText('This version knows no such question: choose another')).toBeTruthy();
  await choose('Question', 'Durations');
  await waitFor(() => expect(asked).toEqual({ refId: 'A', question: 'duration' }));
});

it('offers a newcomer a chart in three clicks', async () => {
  show({});
  await choose('Question', 'Durations');
  await waitFor(() => expect(asked).toEqual({ refId: 'A', question: 'duration' }));
  expect(screen.getByLabelText('Statistics')).toBeTruthy();
});

it('keeps a filter without a value out of the query', async () => {
  show({});
  fireEvent.click(screen.getByRole('button', { name: 'Add a filter' }));
  expect(asked).toBeUndefined();
  await choose('Value', 'nightly');
  expect(asked?.filters).toEqual([{ field: 'job', op: '=', value: 'nightly' }]);
});

it('suggests values that fit the other filters', async () => {
  show({ filters: [{ field: 'type', op: '=', value: 'etl' }] });
  fireEvent.click(screen.getByRole('button', { name: 'Add a filter' }));
  const [, added] = screen.getAllByRole('combobox', { name: 'Value' });
  fireEvent.click(added ?? document.body);
  await screen.findByRole('option', { name: /^nightly/ });
  expect(getValues).toHaveBeenLastCalledWith(
    { field: 'job', search: '', filters: [{ field: 'type', op: '=', value: 'etl' }] },
    undefined
  );
});

it('turns a value into a list and back with the operator', async () => {
  show({ filters: [{ field: 'job', op: '=', value: 'nightly' }] });
  await choose('Operator', 'in');
  expect(asked?.filters).toEqual([{ field: 'job', op: 'in', value: ['nightly'] }]);
  await choose('Operator', '!=');
  expect(asked?.filters).toEqual([{ field: 'job', op: '!=', value: 'nightly' }]);
});

it('removes the last filter from the stored query altogether', () => {
  show({ filters: [{ field: 'job', op: '=', value: 'nightly' }] });
  fireEvent.click(screen.getByRole('button', { name: 'Remove the filter on job' }));
  expect(asked).toEqual({ refId: 'A', question: 'counts' });
});

it('asks for a text only when it is done', () => {
  show({});
  const search = screen.getByLabelText('Search');
  fireEvent.change(search, { target: { value: 'timeout' } });
  expect(asked).toBeUndefined();
  fireEvent.keyDown(search, { key: 'Enter' });
  expect(asked?.search).toBe('timeout');
});

it('takes whole numbers from 1 and nothing else', () => {
  show({ question: 'runs', limit: 50 });
  const limit = screen.getByLabelText('Limit');
  fireEvent.change(limit, { target: { value: '7.9' } });
  fireEvent.blur(limit);
  expect(asked?.limit).toBe(7);
  fireEvent.change(limit, { target: { value: '0' } });
  fireEvent.blur(limit);
  expect(asked).toEqual({ refId: 'A', question: 'runs' });
});

it('has a name for every field', () => {
  for (const question of [
    'counts',
    'rate',
    'duration',
    'duration_histogram',
    'runs',
    'lines',
    'records',
    'overdue',
    'spike',
    'values',
  ] as const) {
    const { container, unmount } = show({ question });
    const unnamed = [...container.querySelectorAll('input')].filter(
      (input) => !input.labels?.length && !input.getAttribute('aria-label') && !input.getAttribute('aria-labelledby')
    );
    expect(
      unnamed.map((input) => input.outerHTML),
      question
    ).toEqual([]);
    unmount();
  }
});
