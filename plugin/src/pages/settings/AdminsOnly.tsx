import { Section } from '../common/Section';

/** Stands where an administrator finds settings, and says why they are not shown. */
export function AdminsOnly({ role }: { role: string | undefined }) {
  return (
    <Section title="For administrators" note="job history replication, tokens, the audit trail">
      <p>
        You are {role === 'editor' ? 'an editor' : 'a viewer'} in this Grafana. Where data goes, who may send it and who
        changed what is shown to its administrators, who can also change what stands above.
      </p>
    </Section>
  );
}
