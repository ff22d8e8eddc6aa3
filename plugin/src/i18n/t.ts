import { t as translate } from '@grafana/i18n';

/**
 * What is said, in the reader's language.
 * @param key where it stands in the plugin's `locales/<language>/<plugin id>.json`
 * @param english what is said where there is no translation; `{{name}}` stands for a value
 */
export function t(key: string, english: string, values?: Record<string, string | number | undefined>): string {
  // React escapes what it draws, once is enough.
  return translate(key, english, { ...values, interpolation: { escapeValue: false } });
}
