import { describe, expect, it } from 'vitest';
import { STATUSES, statusLook, type Status } from './status';

const labels = (icon: string) =>
  STATUSES.filter((status) => statusLook(status).icon === icon).map((status) => statusLook(status).label);

describe('the nine statuses', () => {
  it('are Pending, Success or Failed with clock, check and cross, and say which they are', () => {
    expect(labels('clock-nine')).toEqual(['Pending', 'Pending (running)']);
    expect(labels('check-circle')).toEqual(['Success', 'Success (skipped)']);
    expect(labels('times-circle')).toEqual([
      'Failed',
      'Failed (cancelled)',
      'Failed (timed out)',
      'Failed (missed)',
      'Failed (unknown)',
    ]);
  });

  it.each<[Status, string]>([
    ['pending', 'The job is still processing. Wait for the operation to complete.'],
    ['succeeded', 'The job completed successfully. Data has been updated.'],
    ['failed', 'The job failed. Review the logs for troubleshooting steps.'],
  ])('explain themselves: %s', (status, sentence) => expect(statusLook(status).help).toEqual([sentence]));

  it('have names and icons of their own, for steps', () => {
    expect(new Set(STATUSES.map((status) => statusLook(status).own.icon)).size).toBe(9);
    expect(statusLook('timed_out').own.label).toBe('Timed out');
  });
});
