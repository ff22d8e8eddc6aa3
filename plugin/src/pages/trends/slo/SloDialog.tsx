import { useState } from 'react';
import { Combobox, Field, Input } from '@grafana/ui';
import { useTagOptions, useValueOptions } from '../../../components/filters/useOptions';
import { Dialog } from '../../../components/manage/Dialog';
import { filtersOf, newId, type SloAbout, type SloRow } from './slos';
import { useSloChange } from './useSloChange';

interface Props {
  /** The objective to change; without it a new one is made. */
  slo?: SloRow;
  onClose(): void;
}

const ABOUT_LABELS: Record<SloAbout['field'], string> = {
  all: 'all jobs',
  job: 'one job',
  type: 'jobs of a type',
  owner: 'jobs of an owner',
  tag: 'runs with a tag',
  other: 'as it was set over HTTP',
};
const CHOICES = (['all', 'job', 'type', 'owner', 'tag'] as const).map((value) => ({
  value,
  label: ABOUT_LABELS[value],
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
    target: share > 0 && share < 1 ? undefined : 'More than 0 and less than 100, such as 99.5',
    days: Number.isInteger(windowDays) && windowDays >= 1 && windowDays <= 365 ? undefined : 'Whole days, 1 to 365',
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
      title={slo ? 'Change the objective' : 'New objective'}
      action="Save"
      disabled={Boolean(incomplete)}
      state={state}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name">
        <Input id="slo-name" maxLength={200} value={name} onChange={(e) => setName(e.currentTarget.value)} />
      </Field>
      <Field label="Runs of">
        <Combobox
          id="slo-about"
          options={about.field === 'other' ? [...CHOICES, { value: 'other', label: ABOUT_LABELS.other }] : CHOICES}
          value={about.field}
          onChange={({ value }) => setAbout({ field: value, value: '' })}
        />
      </Field>
      {needsValue && <ValueField key={about.field} about={about} onChange={setAbout} />}
      <Field label="Share that succeeds, %" invalid={Boolean(wrong.target)} error={wrong.target}>
        <Input id="slo-target" inputMode="decimal" value={target} onChange={(e) => setTarget(e.currentTarget.value)} />
      </Field>
      <Field label="Over how many days" invalid={Boolean(wrong.days)} error={wrong.days}>
        <Input id="slo-days" inputMode="numeric" value={days} onChange={(e) => setDays(e.currentTarget.value)} />
      </Field>
      <Field label="Owner" description="Who hears of it; its alerts carry it as the label “owner”">
        <Input id="slo-owner" maxLength={200} value={owner} onChange={(e) => setOwner(e.currentTarget.value)} />
      </Field>
    </Dialog>
  );
}

function ValueField({ about, onChange }: { about: SloAbout; onChange(about: SloAbout): void }) {
  const optionsOf = useValueOptions();
  const tagOptions = useTagOptions();
  const { field, value } = about;
  const label = { job: 'Job', type: 'Type', owner: 'Owner of the jobs', tag: 'Tag', all: '', other: '' }[field];
  return (
    <Field label={label}>
      <Combobox
        id="slo-value"
        placeholder={field === 'tag' ? 'name=value' : undefined}
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
