import i18n from '@grafana/i18n/eslint-plugin';
import grafana from '@grafana/eslint-config/flat.js';
import reactHooks from 'eslint-plugin-react-hooks';

/** The preset names the hooks plugin in the old form, which the flat form refuses. */
const flat = grafana.map((config) =>
  Array.isArray(config.plugins) ? { plugins: { 'react-hooks': reactHooks }, rules: config.rules } : config
);

export default [
  { ignores: ['**/dist/', '**/dist-page/', '**/node_modules/', '.joblens/', 'playwright/', 'test/grafana/results/'] },
  ...flat.map((config) => ({ files: ['**/*.{ts,tsx,js,mjs}'], ...config })),
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      'react/prop-types': 'off',
      'react/react-in-jsx-scope': 'off',
      'no-redeclare': 'off',
    },
  },
  {
    // What people read in Grafana goes through `t`; the hosted page around it speaks English.
    files: ['plugin/src/**/*.{ts,tsx}'],
    ignores: ['plugin/src/page/**', 'plugin/src/**/*.test.{ts,tsx}', 'plugin/src/pages/testing/**'],
    plugins: { '@grafana/i18n': i18n },
    rules: {
      '@grafana/i18n/no-untranslated-strings': ['error', { calleesToIgnore: ['^css$'], basePaths: ['plugin/src'] }],
      '@grafana/i18n/no-translation-top-level': 'error',
    },
  },
];
