import { Table } from '../../../components/common/Table';
import { toText, type UnknownRecord } from '../../../components/model/narrow';
import { t } from '../../../i18n/t';

/** What a rule looks at, as the YAML names it. */
const FIELDS = ['job', 'error_type', 'message'];

/** Rules in the order in which they are tried: what they match, what they recommend. */
export function RuleList({ title, rules }: { title?: string; rules: UnknownRecord[] }) {
  return (
    <>
      {title && <p>{title}</p>}
      {rules.length > 0 && (
        <Table
          head={[
            t('rules.ruleList.rule', 'Rule'),
            t('rules.ruleList.matches', 'Matches'),
            t('rules.ruleList.recommends', 'Recommends'),
          ]}
        >
          {rules.map((rule, index) => (
            <tr key={index}>
              <td>{toText(rule.name)}</td>
              <td>
                {FIELDS.filter((field) => toText(rule[field])).map((field) => (
                  <div key={field}>
                    {field} <code>{toText(rule[field])}</code>
                  </div>
                ))}
              </td>
              <td>
                {Array.isArray(rule.actions) && rule.actions.join(' ')}{' '}
                {toText(rule.url) && <a href={toText(rule.url)}>{t('rules.ruleList.runbook', 'runbook')}</a>}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}
