import { Alert } from '@grafana/ui';

export function SetupHelp() {
  return (
    <Alert severity="info" title="Choose a Joblens data source for this panel">
      The panel asks its questions through the data source of its query. Edit the panel, choose a data source of the
      type Joblens and the question “runs”; filters set there narrow everything the panel shows.
    </Alert>
  );
}
