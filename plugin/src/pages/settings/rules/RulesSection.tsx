import { isRecord, toText } from '../../../components/model/narrow';
import { plural } from '../../../components/model/numbers';
import { Section } from '../../common/Section';
import { useResource } from '../useResource';
import { RuleList } from './RuleList';
import { RulesEditor } from './RulesEditor';

/** The rules that recommend what to do about a failed run; the defaults stand behind the own ones. */
export function RulesSection({ editable }: { editable: boolean }) {
  const { data, error, loading } = useResource('v1/settings/rules');
  const [own, defaults] = [rulesOf(data?.own), rulesOf(data?.defaults)];
  return (
    <Section
      title="Recommended-action rules"
      note="the first that matches a failed run says what to do"
      loading={loading}
      error={error}
    >
      {data && (
        <>
          {editable ? (
            <RulesEditor yaml={toText(data.yaml) ?? ''} source={toText(data.source)} />
          ) : (
            <RuleList
              title={own.length > 0 ? 'Own rules' : 'There are no own rules; administrators add them'}
              rules={own}
            />
          )}
          <details>
            <summary>{plural(defaults.length, 'default rule')} behind the own ones</summary>
            <RuleList rules={defaults} />
          </details>
        </>
      )}
    </Section>
  );
}

function rulesOf(rules: unknown) {
  return Array.isArray(rules) ? rules.filter(isRecord) : [];
}
