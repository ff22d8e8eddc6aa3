import { t } from '../../i18n/t';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A count with its thousands set apart: "1,482". */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** A rate from 0 to 1 as percent; never rounded up to 100 % while something failed. */
export function formatRate(rate: number | undefined): string {
  if (rate === undefined) {
    return '–';
  }
  const percent = rate * 100;
  const shown = rate < 1 ? Math.min(percent, 99.9) : percent;
  return `${shown.toFixed(shown === 100 || shown === 0 ? 0 : 1)}\u00a0%`;
}

/** A speed such as records per second: three digits say enough. */
export function formatSpeed(perSecond: number | undefined): string {
  if (perSecond === undefined) {
    return '–';
  }
  return perSecond >= 100 ? formatCount(perSecond) : String(Number(perSecond.toPrecision(3)));
}

/** A count and what is counted, as the reader's language has it: `plural(1, 'run')` is "1 run". */
export function plural(count: number, one: string, many = `${one}s`): string {
  const key = `units.${one.replaceAll(' ', '-')}`;
  const english = { defaultValue_one: `{{n}} ${one}`, defaultValue_other: `{{n}} ${many}` };
  return t(key, `{{n}} ${many}`, { count, n: formatCount(count), ...english });
}
