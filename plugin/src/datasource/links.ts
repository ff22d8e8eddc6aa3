import { type DataFrame, type DataLink, type Field, FieldType } from '@grafana/data';
import { parseField } from './fields';
import { t } from '../i18n/t';

const APP = '/a/joblens-history-app';

/**
 * The frames of an answer as Grafana's panels and Explore use them best: jobs and runs lead to their pages in the app, and
 * values that can be filtered by say so. `uid` is the data source's: the page opens with the same one.
 */
export function withLinks(frames: DataFrame[], uid: string): DataFrame[] {
  return frames.map((frame) => (isLog(frame) ? withRunOfLine(frame, uid) : withPages(frame, uid)));
}

function withPages(frame: DataFrame, uid: string): DataFrame {
  const names = new Set(frame.fields.map(({ name }) => name));
  return {
    ...frame,
    fields: frame.fields.map((field) => {
      const link = linkOf(field, names, uid);
      const filterable = field.type === FieldType.string && parseField(field.name) !== undefined;
      if (!link && !filterable) {
        return field;
      }
      const links = link ? [...(field.config.links ?? []), link] : field.config.links;
      return {
        ...field,
        config: { ...field.config, ...(filterable ? { filterable } : {}), ...(links ? { links } : {}) },
      };
    }),
  };
}

/** A frame that names a run by `job` and `run` links there; one that has but its key links by that. */
function linkOf({ name, type }: Field, names: ReadonlySet<string>, uid: string): DataLink | undefined {
  if (type !== FieldType.string) {
    return undefined;
  }
  switch (name) {
    case 'job':
      return page(t('links.open-job', 'Open job'), 'job', ['job'], uid);
    case 'run':
      return names.has('job') ? page(t('links.open-run', 'Open run'), 'run', ['job', 'run'], uid) : undefined;
    case 'last_run':
      return names.has('job')
        ? page(t('links.open-newest-run', 'Open newest run'), 'run', ['job', 'run'], uid, name)
        : undefined;
    case 'key':
      return names.has('run') ? undefined : page(t('links.open-run', 'Open run'), 'run', ['key'], uid);
    case 'last_key':
      return page(t('links.open-newest-run', 'Open newest run'), 'run', ['key'], uid, name);
    default:
      return undefined;
  }
}

/** A link to a page whose parameters are read from fields of the same names, or the last one from `source`. */
function page(title: string, path: 'job' | 'run', names: readonly string[], uid: string, source?: string): DataLink {
  const fieldOf = (name: string) => (name === names.at(-1) ? (source ?? name) : name);
  const params = names.map((name) => `${name}=\${__data.fields.${fieldOf(name)}:percentencode}`);
  return { title, url: `${APP}/${path}?${params.join('&')}&var-ds=${encodeURIComponent(uid)}` };
}

/**
 * The frames without what a table is told to hide. Explore's table shows every field, whatever its config says: it writes
 * its own over it.
 */
export function withoutHidden(frames: DataFrame[]): DataFrame[] {
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.filter(({ config }) => config.custom?.hideFrom?.viz !== true),
  }));
}

const isLog = (frame: DataFrame) => frame.meta?.preferredVisualisationType === 'logs';

/** Job and run of a line stand in its labels, which take no links: the run gets a field of its own that does. */
function withRunOfLine(frame: DataFrame, uid: string): DataFrame {
  const labels = frame.fields.find(({ name }) => name === 'labels');
  if (!labels) {
    return frame;
  }
  const values = (name: string) => labels.values.map((each: unknown) => labelOf(each, name));
  const field = (name: string, hidden: boolean): Field<string> => ({
    name,
    type: FieldType.string,
    config: hidden
      ? { custom: { hidden } }
      : { links: [page(t('links.open-run', 'Open run'), 'run', ['job', 'run'], uid)] },
    values: values(name),
  });
  return { ...frame, fields: [...frame.fields, field('job', true), field('run', false)] };
}

function labelOf(labels: unknown, name: string): string {
  const value: unknown = typeof labels === 'object' && labels !== null ? Reflect.get(labels, name) : undefined;
  return typeof value === 'string' ? value : '';
}
