import { useState } from 'react';
import { Combobox, Field, Input } from '@grafana/ui';
import { useTagOptions, useValueOptions } from '../../../components/filters/useOptions';
import { Dialog } from '../../../components/manage/Dialog';
import { filtersOf, newId, type SloAbout, type SloRow } from './slos';
import { useSloChange } from './useSloChange';
import { t } from '../../../i18n/t';

interface Props {
  /** The objective to change; without it a new one is made. */
  slo?: SloRow;
  onClose(): void;
}

const aboutLabels = (): Record<SloAbout['field'], string> => ({
  all: t('slo.sloDialog.all-jobs', 'all jobs'),
  job: t('slo.sloDialog.one-job', 'one job'),
  type: t('slo.sloDialog.jobs-of-a-type', 'jobs of a type'),
  owner: t('slo.sloDialog.jobs-of-an-owner', 'jobs of an owner'),
  tag: t('slo.sloDialog.runs-with-a-tag', 'runs with a tag'),
  other: t('slo.sloDialog.as-it-was-set', 'as it was set over HTTP'),
});
const aboutOptions = () =>
  (['all', 'job', 'type', 'owner', 'tag'] as const).map((value) => ({
    value,
    label: aboutLabels()[value],
  }));

/** What is promised of which runs. */
export function SloDialog({ slo, onClose }: Props) {
  const [name, setName] = useState(slo?.name ?? '');
  const [target, setTarget] = useState(String(slo ? round(slo.target * 100) : 99));
  const [days, setDays] = useState(String(slo?.windowDays ?? 28));
  const [owner, setOwner] = useState(slo?.owner ?? '');
  const [about, setAbout] = useState<SloAbout>(slo?.about ?? { field: 'all', value: '' });
  const { change, ...state } = useSloChange();

  const [share, windowDays] = [Number(target) / 100, Number(days)];
  const wrong = {
    target:
      share > 0 && share < 1
        ? undefined
        : t('slo.sloDialog.more-than-0-and', 'More than 0 and less than 100, such as 99.5'),
    days:
      Number.isInteger(windowDays) && windowDays >= 1 && windowDays <= 365
        ? undefined
        : t('slo.sloDialog.whole-days-1-to', 'Whole days, 1 to 365'),
  };
  const needsValue = about.field !== 'all' && about.field !== 'other';
  const incomplete = name.trim() === '' || wrong.target || wrong.days || (needsValue && about.value === '');
  const submit = () =>
    change((slos) => {
      const before = slos.find(({ id }) => id === slo?.id);
      const next = {
        id:
          slo?.id ??
          newId(
            name,
            slos.map(({ id }) => id)
          ),
        name: name.trim(),
        target: round(share),
        window_days: windowDays,
        owner: owner.trim(),
        filters: about.field === 'other' ? (before?.filters ?? []) : filtersOf(about),
      };
      return before ? slos.map((one) => (one === before ? next : one)) : [...slos, next];
    });
  return (
    <Dialog
      title={
        slo
          ? t('slo.sloDialog.change-the-objective', 'Change the objective')
          : t('slo.sloDialog.new-objective', 'New objective')
      }
      action={t('slo.sloDialog.save', 'Save')}
      disabled={Boolean(incomplete)}
      state={state}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('slo.sloDialog.name', 'Name')}>
        <Input id="slo-name" maxLength={200} value={name} onChange={(e) => setName(e.currentTarget.value)} />
      </Field>
      <Field label={t('slo.sloDialog.runs-of', 'Runs of')}>
        <Combobox
          id="slo-about"
          options={
            about.field === 'other'
              ? [...aboutOptions(), { value: 'other', label: aboutLabels().other }]
              : aboutOptions()
          }
          value={about.field}
          onChange={({ value }) => setAbout({ field: value, value: '' })}
        />
      </Field>
      {needsValue && <ValueField key={about.field} about={about} onChange={setAbout} />}
      <Field
        label={t('slo.sloDialog.share-that-succeeds', 'Share that succeeds, %')}
        invalid={Boolean(wrong.target)}
        error={wrong.target}
      >
        <Input id="slo-target" inputMode="decimal" value={target} onChange={(e) => setTarget(e.currentTarget.value)} />
      </Field>
      <Field
        label={t('slo.sloDialog.over-how-many-days', 'Over how many days')}
        invalid={Boolean(wrong.days)}
        error={wrong.days}
      >
        <Input id="slo-days" inputMode="numeric" value={days} onChange={(e) => setDays(e.currentTarget.value)} />
      </Field>
      <Field
        label={t('slo.sloDialog.owner', 'Owner')}
        description={t('slo.sloDialog.who-hears-of-it', 'Who hears of it; its alerts carry it as the label “owner”')}
      >
        <Input id="slo-owner" maxLength={200} value={owner} onChange={(e) => setOwner(e.currentTarget.value)} />
      </Field>
    </Dialog>
  );
}

function ValueField({ about, onChange }: { about: SloAbout; onChange(about: SloAbout): void }) {
  const optionsOf = useValueOptions();
  const tagOptions = useTagOptions();
  const { field, value } = about;
  const label = {
    job: t('slo.sloDialog.job', 'Job'),
    type: t('slo.sloDialog.type', 'Type'),
    owner: t('slo.sloDialog.owner-of-the-jobs', 'Owner of the jobs'),
    tag: t('slo.sloDialog.tag', 'Tag'),
    all: '',
    other: '',
  }[field];
  return (
    <Field label={label}>
      <Combobox
        id="slo-value"
        placeholder={field === 'tag' ? t('slo.sloDialog.name-value', 'name=value') : undefined}
        value={value === '' ? null : { value, label: value }}
        options={field === 'tag' || field === 'all' || field === 'other' ? tagOptions : optionsOf(field)}
        onChange={(option) => onChange({ field, value: option.value })}
        createCustomValue
      />
    </Field>
  );
}

/** 0.995 * 100 is 99.5 for people. */
const round = (value: number) => Number(value.toPrecision(10));
