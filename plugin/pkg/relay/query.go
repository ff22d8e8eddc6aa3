package relay

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// queryRequest is the body of POST /v1/query. Times are epoch milliseconds.
type queryRequest struct {
	From    int64                        `json:"from"`
	To      int64                        `json:"to"`
	Queries []map[string]json.RawMessage `json:"queries"`
}

type timeRange struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

// QueryData hands all queries to the service in one request, as they are stored, each with its absolute range.
func (r *Relay) QueryData(ctx context.Context, req *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	answer := backend.NewQueryDataResponse()
	request, asked := newQueryRequest(req.Queries, answer)
	if len(asked) == 0 {
		return answer, nil
	}
	body, err := json.Marshal(request)
	if err != nil {
		return nil, fmt.Errorf("write the queries: %w", err)
	}

	ctx, cancel := context.WithTimeout(ctx, queryTimeout)
	defer cancel()
	received, err := r.do(ctx, call{
		method:  http.MethodPost,
		path:    "v1/query",
		body:    body,
		token:   r.tokens.forNeed(viewer),
		user:    req.PluginContext.User,
		headers: grafanaHeaders(req.Headers),
	})
	if err != nil {
		failed := r.failure(err)
		for _, refID := range asked {
			answer.Responses[refID] = failed
		}
		return answer, nil
	}
	decode(received, asked, answer)
	return answer, nil
}

// newQueryRequest adds to each stored query what Grafana says beside it. A query that is no JSON object gets its error
// at once and is not asked.
func newQueryRequest(queries []backend.DataQuery, answer *backend.QueryDataResponse) (queryRequest, []string) {
	var request queryRequest
	var asked []string
	for _, query := range queries {
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(query.JSON, &fields); err != nil || fields == nil {
			answer.Responses[query.RefID] = backend.ErrDataResponseWithSource(
				backend.StatusBadRequest, backend.ErrorSourceDownstream, "The query is not a JSON object: choose a question.")
			continue
		}
		within := timeRange{query.TimeRange.From.UnixMilli(), query.TimeRange.To.UnixMilli()}
		put(fields, "refId", query.RefID)
		put(fields, "timeRange", within)
		if query.Interval > 0 {
			put(fields, "intervalMs", max(query.Interval/time.Millisecond, 1))
		}
		if query.MaxDataPoints > 0 {
			put(fields, "maxDataPoints", query.MaxDataPoints)
		}
		// Grafana's own words for itself, of no use to the service.
		delete(fields, "datasource")
		delete(fields, "datasourceId")
		if len(asked) == 0 {
			request.From, request.To = within.From, within.To
		}
		request.From, request.To = min(request.From, within.From), max(request.To, within.To)
		request.Queries = append(request.Queries, fields)
		asked = append(asked, query.RefID)
	}
	return request, asked
}

func put[T string | int64 | time.Duration | timeRange](fields map[string]json.RawMessage, name string, value T) {
	// None of these types can fail to marshal.
	fields[name], _ = json.Marshal(value)
}

// decode reads the service's frames with the SDK's own decoder. An answer it can't read, or one that leaves out a query,
// is an error: silence would be "no data" to an alert rule.
func decode(received []byte, asked []string, answer *backend.QueryDataResponse) {
	var decoded backend.QueryDataResponse
	if err := decoded.UnmarshalJSON(received); err != nil {
		for _, refID := range asked {
			answer.Responses[refID] = backend.ErrDataResponseWithSource(backend.StatusBadGateway, backend.ErrorSourceDownstream,
				fmt.Sprintf("The answer can't be read: %v. Is the data source's address that of a Joblens service, and of a version that fits this plugin?", err))
		}
		return
	}
	for _, refID := range asked {
		response, ok := decoded.Responses[refID]
		if !ok {
			response = backend.ErrDataResponseWithSource(backend.StatusBadGateway, backend.ErrorSourceDownstream,
				fmt.Sprintf("Joblens gave no answer to query %s.", refID))
		}
		for _, frame := range response.Frames {
			frame.RefID = refID
		}
		answer.Responses[refID] = response
	}
}
