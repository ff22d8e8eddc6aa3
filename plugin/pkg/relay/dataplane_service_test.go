//go:build service

package relay

import (
	"fmt"

	"github.com/grafana/dataplane/sdata/numeric"
	"github.com/grafana/dataplane/sdata/reader"
	"github.com/grafana/dataplane/sdata/timeseries"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// readAsAlerting reads frames as Grafana's server-side expressions do (pkg/expr/dataplane.go): the type must be one that
// they know, of a version that they know, and one that holds together. It gives the label sets and their numbers; none
// for "no data". Time series are read too and count their points.
func readAsAlerting(frames data.Frames) (map[string]float64, []data.Labels, error) {
	kind, err := reader.CanReadBasedOnMeta(frames)
	if err != nil {
		return nil, nil, err
	}
	values, labels := map[string]float64{}, []data.Labels{}
	switch kind.Kind() {
	case data.KindNumeric:
		found, err := numeric.CollectionReaderFromFrames(frames)
		if err != nil {
			return nil, nil, err
		}
		collection, err := found.GetCollection(false)
		if err != nil || collection.NoData() {
			return values, labels, err
		}
		if collection.Warning != nil || len(collection.RemainderIndices) > 0 {
			return nil, nil, fmt.Errorf("frames or fields were left out: %v %v", collection.Warning, collection.RemainderIndices)
		}
		for _, ref := range collection.Refs {
			number, _, err := ref.NullableFloat64Value()
			if err != nil {
				return nil, nil, err
			}
			if _, twice := values[ref.GetLabels().String()]; twice {
				return nil, nil, fmt.Errorf("two rows have the labels %s", ref.GetLabels())
			}
			labels = append(labels, ref.GetLabels())
			values[ref.GetLabels().String()] = 0
			if number != nil {
				values[ref.GetLabels().String()] = *number
			}
		}
	case data.KindTimeSeries:
		found, err := timeseries.CollectionReaderFromFrames(frames)
		if err != nil {
			return nil, nil, err
		}
		collection, err := found.GetCollection(false)
		if err != nil || collection.NoData() {
			return values, labels, err
		}
		for _, ref := range collection.Refs {
			points, err := ref.Len()
			if err != nil {
				return nil, nil, err
			}
			values[ref.GetLabels().String()] = float64(points)
			labels = append(labels, ref.GetLabels())
		}
	default:
		return nil, nil, fmt.Errorf("alerting can't read %s", kind)
	}
	return values, labels, nil
}
