import { expect, it } from 'vitest';
import { addressProblem } from './AddressField';

it('takes addresses and says what is wrong with others', () => {
  expect(addressProblem('')).toBeUndefined();
  expect(addressProblem('http://joblens:8080')).toBeUndefined();
  expect(addressProblem('https://example.org/joblens/')).toBeUndefined();
  expect(addressProblem('joblens:8080')).toMatch(/Expected an address/);
  expect(addressProblem('http://user:secret@joblens')).toMatch(/token/);
});
