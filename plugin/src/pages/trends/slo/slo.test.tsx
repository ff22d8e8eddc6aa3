import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { Answer } from '../../../components/hooks/useAnswer';
import { renderView, type Service } from '../../testing/renderView';
import { SloSection } from './SloSection';
import { aboutOf, filtersOf, newId, type Slo, type SloRow } from './slos';

afterEach(cleanup);

const ROW: SloRow = {
  id: 'exports',
  name: 'Exports succeed',
  owner: 'data',
  objective: '99 % over 28 days',
  target: 0.99,
  windowDays: 28,
  runs: 1000,
  failures: 12,
  successRate: 0.988,
  budget: 10,
  budgetLeft: -0.2,
  burnFast: 20,
  burnSlow: 2,
  key: 'newest',
  about: { field: 'type', value: 'export' },
};
const OTHER: Slo = {
  id: 'other',
  name: 'Other',
  target: 0.9,
  window_days: 7,
  owner: '',
  filters: [{ field: 'job', op: '=~', value: 'etl/.*' }],
};
const STORED: Slo[] = [
  { id: 'exports', name: 'Exports succeed', target: 0.99, window_days: 28, owner: 'data', filters: [] },
  OTHER,
];

const show = (slos: Answer<SloRow[]>, service: Service = {}) =>
  renderView(<SloSection slos={slos} />, { resources: { 'v1/slos': { slos: STORED } }, ...service });
const type = (name: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(name), { target: { value } });
const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

it('shows what is left of a budget and how fast it burns; whoever may only look changes nothing', () => {
  show({ data: [ROW], loading: false });
  const row = screen.getByRole('row', { name: /Exports succeed/ });
  expect(row.textContent?.replaceAll('\u00a0', ' ')).toContain('overspent 20 %');
  expect(within(row).getByText('98.80 %')).toBeTruthy();
  expect(within(row).getByRole('link', { name: 'Exports succeed' }).getAttribute('href')).toContain('type=export');
  expect(within(row).getByRole('link', { name: '12' }).getAttribute('href')).toContain('key=newest');
  expect(screen.queryByRole('button', { name: /Add|Change|Remove/ })).toBeNull();
  expect(screen.getByRole('button', { name: 'Download objectives as CSV' })).toBeTruthy();
});

it('says what an objective is where there is none', () => {
  show({ data: [], loading: false }, { role: 'editor' });
  expect(screen.getByText(/None yet.*Administrators set them/)).toBeTruthy();
});

it('adds an objective behind those that are there', async () => {
  const { send } = show({ data: [ROW], loading: false }, { role: 'admin' });
  click('Add an objective');
  type('Name', 'Exports succeed');
  type('Share that succeeds, %', '120');
  expect(screen.getByText(/less than 100/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
  type('Share that succeeds, %', '99.5');
  type('Over how many days', '30');
  click('Save');
  const added = {
    id: 'exports-succeed',
    name: 'Exports succeed',
    target: 0.995,
    window_days: 30,
    owner: '',
    filters: [],
  };
  await waitFor(() => expect(send).toHaveBeenCalledWith('PUT', 'v1/slos', {}, { slos: [...STORED, added] }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('keeps filters that its form can’t show', async () => {
  const row = { ...ROW, ...OTHER, windowDays: 7, about: aboutOf(OTHER.filters) };
  const { send } = show({ data: [row], loading: false }, { role: 'admin' });
  click('Change Other');
  type(/^Owner/, 'data');
  click('Save');
  await waitFor(() =>
    expect(send).toHaveBeenCalledWith('PUT', 'v1/slos', {}, { slos: [STORED[0], { ...OTHER, owner: 'data' }] })
  );
});

it('removes one after asking', async () => {
  const { send } = show({ data: [ROW], loading: false }, { role: 'admin' });
  click('Remove Exports succeed');
  expect(send).not.toHaveBeenCalled();
  click('Remove');
  await waitFor(() => expect(send).toHaveBeenCalledWith('PUT', 'v1/slos', {}, { slos: [OTHER] }));
});

it.each([
  [[], { field: 'all', value: '' }],
  [[{ field: 'job', op: '=', value: 'a=b' }], { field: 'job', value: 'a=b' }],
  [[{ field: 'tag:env', op: '=', value: 'a=b' }], { field: 'tag', value: 'env=a=b' }],
] as Array<[Slo['filters'], ReturnType<typeof aboutOf>]>)('%j is what it is about, and back', (filters, about) => {
  expect(aboutOf(filters)).toEqual(about);
  expect(filtersOf(about)).toEqual(filters);
});

it('gives every objective an id of its own', () => {
  expect(newId('Exports, nightly!', [])).toBe('exports-nightly');
  expect(newId('Exports', ['exports', 'exports-2'])).toBe('exports-3');
  expect(newId('日本', [])).toBe('objective');
});
