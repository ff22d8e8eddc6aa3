import { useState } from 'react';
import type { DataSourceSettings } from '@grafana/data';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JoblensOptions, JoblensSecrets } from '../types';
import { ConfigEditor } from './ConfigEditor';

type Settings = DataSourceSettings<JoblensOptions, JoblensSecrets>;

let saved: Partial<Settings>;
beforeEach(() => (saved = {}));
afterEach(cleanup);

function Editor({ start }: { start: Partial<Settings> }) {
  const [options, setOptions] = useState<Settings>({
    id: 1,
    uid: 'joblens',
    orgId: 1,
    name: 'Joblens',
    type: 'joblens-history-datasource',
    typeName: 'Joblens',
    typeLogoUrl: '',
    access: 'proxy',
    url: '',
    user: '',
    database: '',
    basicAuth: false,
    basicAuthUser: '',
    isDefault: false,
    jsonData: {},
    secureJsonFields: {},
    readOnly: false,
    withCredentials: false,
    ...start,
  });
  const onOptionsChange = (next: Settings) => setOptions((saved = next));
  return <ConfigEditor options={options} onOptionsChange={onOptionsChange} />;
}

it('keeps the address as Grafana does and the tokens as secrets', () => {
  render(<Editor start={{}} />);
  fireEvent.change(screen.getByLabelText(/^Address/), { target: { value: ' http://joblens:8080 ' } });
  fireEvent.change(screen.getByLabelText(/^Token for editors/), { target: { value: 'jl_edit' } });
  expect(saved.url).toBe('http://joblens:8080');
  expect(saved.secureJsonData).toEqual({ annotateToken: 'jl_edit' });
  expect(JSON.stringify(saved.jsonData)).not.toContain('jl_');
});

it('says what is wrong with an address while it is typed', () => {
  render(<Editor start={{ url: 'joblens:8080' }} />);
  expect(screen.getByText(/Expected an address such as/)).toBeTruthy();
});

it('never shows a stored token, and can replace it', () => {
  render(<Editor start={{ secureJsonFields: { token: true } }} />);
  fireEvent.click(screen.getByRole('button', { name: /reset/i }));
  expect(saved.secureJsonFields).toMatchObject({ token: false });
  fireEvent.change(screen.getByLabelText(/^Token\s*With the scope read\./), { target: { value: 'jl_new' } });
  expect(saved.secureJsonData).toMatchObject({ token: 'jl_new' });
});
