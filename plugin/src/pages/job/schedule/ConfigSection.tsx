import { TextLink } from '@grafana/ui';
import type { JobAnswer } from '../../../components/client/answers';
import { Facts } from '../../../components/common/Facts';
import { ValueTree } from '../../../components/common/ValueTree';
import { RunbookLink } from '../../../components/common/RunbookLink';
import { Section } from '../../common/Section';
import { hrefTo } from '../../paths';
import { t } from '../../../i18n/t';

/** Told above, or in the section of what is expected. */
const TOLD = [
  'name',
  'type',
  'owner',
  'description',
  'runbook_url',
  'tags',
  'recommended_actions',
  'source',
  'schedule',
  'timezone',
  'grace',
  'max_runtime',
  'paused',
  'alert_on_usual',
  'created_at',
];

/** Who looks after the job, what it works on, and whatever else its config says. */
export function ConfigSection({ job }: { job: JobAnswer }) {
  const { owner, type, tags, source, config } = job;
  const rest = Object.entries(config).filter(([name, value]) => !TOLD.includes(name) && value !== null);
  const isConfigured = Object.keys(config).length > 0;
  return (
    <>
      <Section
        title={t('schedule.configSection.config', 'Config')}
        note={isConfigured ? undefined : t('schedule.configSection.none-was-sent', 'none was sent')}
      >
        <Facts
          look="list"
          facts={[
            [t('schedule.configSection.name', 'Name'), job.name],
            [t('schedule.configSection.description', 'Description'), job.description],
            [
              t('schedule.configSection.type', 'Type'),
              type && <TextLink href={hrefTo('jobs', { type })}>{type}</TextLink>,
            ],
            [
              t('schedule.configSection.owner', 'Owner'),
              owner && <TextLink href={hrefTo('jobs', { owner })}>{owner}</TextLink>,
            ],
            [t('schedule.configSection.runbook', 'Runbook'), job.runbook_url && <RunbookLink url={job.runbook_url} />],
            [t('schedule.configSection.tags', 'Tags'), Object.keys(tags).length > 0 && <Tags tags={tags} />],
            [t('schedule.configSection.recommended', 'Recommended'), job.recommended_actions.join(' · ')],
            ...rest.map(([name, value]): [string, React.ReactNode] => [name, <ValueTree key={name} value={value} />]),
          ]}
        />
        {!isConfigured && (
          <p>
            {t(
              'schedule.configSection.send-one-with-put',
              'Send one with PUT /v1/jobs/{job}: its schedule, owner, runbook and source.'
            )}
          </p>
        )}
      </Section>
      {Object.keys(source).length > 0 && (
        <Section
          title={t('schedule.configSection.source', 'Source')}
          note={t('schedule.configSection.what-it-works-on', 'what it works on, secrets masked')}
        >
          <ValueTree value={source} open />
        </Section>
      )}
    </>
  );
}

function Tags({ tags }: { tags: Record<string, string> }) {
  return Object.entries(tags).map(([name, value]) => (
    <span key={name}>
      <TextLink href={hrefTo('jobs', { tag: `${name}=${value}` })}>
        {name} {value}
      </TextLink>{' '}
    </span>
  ));
}
