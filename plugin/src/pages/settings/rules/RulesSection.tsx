import { isRecord, toText } from '../../../components/model/narrow';
import { plural } from '../../../components/model/numbers';
import { Section } from '../../common/Section';
import { useResource } from '../useResource';
import { RuleList } from './RuleList';
import { RulesEditor } from './RulesEditor';
import { t } from '../../../i18n/t';

/** The rules that recommend what to do about a failed run; the defaults stand behind the own ones. */
export function RulesSection({ editable }: { editable: boolean }) {
  const { data, error, loading } = useResource('v1/settings/rules');
  const [own, defaults] = [rulesOf(data?.own), rulesOf(data?.defaults)];
  return (
    <Section
      title={t('rules.rulesSection.recommended-action-rules', 'Recommended-action rules')}
      note={t('rules.rulesSection.the-first-that-matches', 'the first that matches a failed run says what to do')}
      loading={loading}
      error={error}
    >
      {data && (
        <>
          {editable ? (
            <RulesEditor yaml={toText(data.yaml) ?? ''} source={toText(data.source)} />
          ) : (
            <RuleList
              title={
                own.length > 0
                  ? t('rules.rulesSection.own-rules', 'Own rules')
                  : t('rules.rulesSection.there-are-no-own', 'There are no own rules; administrators add them')
              }
              rules={own}
            />
          )}
          <details>
            <summary>
              {t('rules.rulesSection.behind-the-own-ones', '{{n}} behind the own ones', {
                n: plural(defaults.length, 'default rule'),
              })}
            </summary>
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
