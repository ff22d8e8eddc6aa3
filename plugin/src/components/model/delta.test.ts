import { describe, expect, it } from 'vitest';
import { countDelta, durationDelta, rateDelta } from './delta';

describe('the change against the period before', () => {
  it('calls a falling success rate worse, in percentage points', () => {
    expect(rateDelta(0.942, 0.973)).toEqual({ arrow: '▼', text: '3.1 pts worse', mood: 'bad' });
    expect(rateDelta(0.99, 0.98)).toEqual({ arrow: '▲', text: '1 pt better', mood: 'good' });
  });

  it('calls a growing duration slower', () => {
    expect(durationDelta(131, 100)).toEqual({ arrow: '▲', text: '31 % slower', mood: 'bad' });
    expect(durationDelta(60, 100)).toEqual({ arrow: '▼', text: '40 % faster', mood: 'good' });
    expect(durationDelta(1000, 100)).toMatchObject({ text: '10 × slower' });
  });

  it('takes a small change of a duration for noise', () => {
    expect(durationDelta(102, 100)).toMatchObject({ text: '2 % slower', mood: 'neutral' });
  });

  it('judges no count', () => {
    expect(countDelta(50, 100)).toEqual({ arrow: '▼', text: '50 % fewer', mood: 'neutral' });
  });

  it('says so when nothing moved, and nothing when there is nothing to compare', () => {
    expect(rateDelta(0.9, 0.9)).toMatchObject({ arrow: '', text: 'as before' });
    expect(durationDelta(10, 10)).toMatchObject({ text: 'as before' });
    expect(rateDelta(undefined, 0.9)).toBeUndefined();
    expect(durationDelta(10, undefined)).toBeUndefined();
    expect(countDelta(10, 0)).toBeUndefined();
  });
});
