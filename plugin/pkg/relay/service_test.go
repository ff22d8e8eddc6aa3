//go:build service

// Against a real service that holds the demo history: JOBLENS_URL=http://127.0.0.1:8080 go test -tags service ./pkg/...

package relay

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// realRelay is the compiled relay in front of the running service.
func realRelay(t *testing.T) plugin {
	t.Helper()
	address := os.Getenv("JOBLENS_URL")
	if address == "" {
		t.Fatal("JOBLENS_URL is not set: start a service with the demo history and say where it is")
	}
	return startBinary(t, address, map[string]string{"token": os.Getenv("JOBLENS_READ_TOKEN")})
}

// lastWeek is a query over the last seven days of the demo history.
func lastWeek(refID, stored string) backend.DataQuery {
	asked := query(refID, stored)
	asked.TimeRange = backend.TimeRange{From: time.Now().AddDate(0, 0, -7), To: time.Now()}
	asked.Interval = time.Hour
	return asked
}

// askOne asks one query and gives its frames; an error ends the test.
func askOne(t *testing.T, relay plugin, stored string) data.Frames {
	t.Helper()
	got := ask(t, relay, &backend.QueryDataRequest{PluginContext: as("Viewer"), Queries: []backend.DataQuery{lastWeek("A", stored)}})["A"]
	if got.Error != nil {
		t.Fatalf("%s: %v", stored, got.Error)
	}
	if len(got.Frames) == 0 {
		t.Fatalf("%s: no frame", stored)
	}
	return got.Frames
}

// text reads one cell of a text column, whether or not the column may hold null.
func text(t *testing.T, frame *data.Frame, name string, row int) string {
	t.Helper()
	field, _ := frame.FieldByName(name)
	if field == nil {
		t.Fatalf("the frame has no field %s", name)
	}
	cell, _ := field.ConcreteAt(row)
	value, _ := cell.(string)
	return value
}

// loggedRun finds a run of the demo history that has lines.
func loggedRun(t *testing.T, relay plugin) (key, job, run string) {
	t.Helper()
	frame := askOne(t, relay, `{"question":"runs","filters":[{"field":"status","op":"=","value":"failed"}],"limit":1}`)[0]
	return text(t, frame, "key", 0), text(t, frame, "job", 0), text(t, frame, "run", 0)
}

func TestEveryQuestionDecodesInEveryFormat(t *testing.T) {
	relay := realRelay(t)
	key, _, _ := loggedRun(t, relay)
	ofRun := fmt.Sprintf(`,"key":%q`, key)
	for _, test := range []struct{ question, fields, formats string }{
		{"runs", "", "table"}, {"run", ofRun, "table"}, {"jobs", "", "table"}, {"timeline", "", "table"},
		{"counts", "", "timeseries table numeric"}, {"rate", `,"outcome":"both","groupBy":["job"]`, "timeseries table numeric"},
		{"duration", `,"stats":["p50","p99.9","max"],"groupBy":["type","tag:team"]`, "timeseries table numeric"},
		{"duration_histogram", "", "timeseries table"}, {"lines", ofRun, "table"}, {"lines", `,"levels":["error"]`, "table"},
		{"line_counts", "", "timeseries numeric"}, {"records", ofRun, "table"}, {"records", "", "table"},
		{"failures", "", "table"}, {"steps", ofRun, "table"}, {"annotations", "", "table"}, {"values", `,"field":"job"`, "table"},
		{"streak", "", "numeric table"}, {"spike", "", "numeric table"}, {"overdue", "", "numeric table"}, {"slow", "", "numeric table"},
		{"log_errors", "", "numeric table"}, {"records_failed", "", "numeric table"}, {"service", "", "table numeric timeseries"},
		{"capture", `,"of":{"question":"streak"}`, "numeric"}, {"attention", "", "table numeric"}, {"trends", `,"groupBy":["owner"]`, "table timeseries"},
		{"changes", "", "table"}, {"calendar", "", "table"}, {"slo", "", "table numeric"}, {"capture", `,"of":{"question":"slo"}`, "numeric"},
	} {
		for format := range strings.FieldsSeq(test.formats) {
			t.Run(test.question+" "+format+test.fields, func(t *testing.T) {
				frames := askOne(t, relay, fmt.Sprintf(`{"question":%q,"format":%q%s}`, test.question, format, test.fields))
				for _, frame := range frames {
					if _, err := frame.RowLen(); err != nil {
						t.Error(err)
					}
				}
				if format == "numeric" {
					if _, _, err := readAsAlerting(frames); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
}

func TestGoodAndBadQueriesAreAnsweredSideBySide(t *testing.T) {
	upsideDown := lastWeek("C", `{"question":"rate"}`)
	upsideDown.TimeRange.From, upsideDown.TimeRange.To = upsideDown.TimeRange.To, upsideDown.TimeRange.From
	responses := ask(t, realRelay(t), &backend.QueryDataRequest{
		Headers: map[string]string{"FromAlert": "true", "X-Rule-Uid": "test"},
		Queries: []backend.DataQuery{lastWeek("A", `{"question":"streak"}`), lastWeek("B", `{"question":"nonsense"}`), upsideDown},
	})
	if responses["A"].Error != nil || responses["A"].Frames[0].Rows() == 0 {
		t.Errorf("the good query got %+v", responses["A"])
	}
	for _, refID := range []string{"B", "C"} {
		got := responses[refID]
		if got.Error == nil || got.Status != 400 || got.ErrorSource != backend.ErrorSourceDownstream {
			t.Errorf("query %s: expected 400 from downstream, got %+v", refID, got)
		}
	}
	if words := fmt.Sprint(responses["B"].Error); !strings.Contains(words, "question") {
		t.Errorf("the refusal doesn't name what is wrong: %s", words)
	}
}

func TestNothingToRateIsNoData(t *testing.T) {
	frame := askOne(t, realRelay(t), `{"question":"rate","format":"numeric","filters":[{"field":"job","op":"=","value":"there is none"}]}`)[0]
	if len(frame.Fields) != 0 || frame.Meta.Type != data.FrameTypeNumericLong {
		t.Errorf("got %d fields of type %s", len(frame.Fields), frame.Meta.Type)
	}
}

func TestARealServiceIsHealthy(t *testing.T) {
	expectHealth(t, realRelay(t), "Joblens answers", "")
}

func TestResourcesReachTheService(t *testing.T) {
	relay := realRelay(t)
	key, job, run := loggedRun(t, relay)
	for name, params := range map[string]string{
		"by key": "key=" + key, "by names": url.Values{"job": {job}, "run": {run}}.Encode(),
	} {
		status, body, _ := fetch(t, relay, "Viewer", "GET", "v1/run", params)
		var found struct{ Key, Job, Run string }
		if err := json.Unmarshal([]byte(body), &found); err != nil || status != 200 || found.Key != key || found.Job != job || found.Run != run {
			t.Errorf("%s: got %d %.200s", name, status, body)
		}
	}
	if status, body, header := fetch(t, relay, "Viewer", "GET", "v1/run/lines", "key="+key); status != 200 || body == "" || !strings.HasPrefix(header.Get("Content-Type"), "text/plain") {
		t.Errorf("the raw log: got %d %s %.200s", status, header.Get("Content-Type"), body)
	}
	if status, body, _ := fetch(t, relay, "Viewer", "GET", "v1/run", "job=a&run=%2F..%2F"); status != http.StatusNotFound || !strings.Contains(body, "/../") {
		t.Errorf("a run that is not there: got %d %s", status, body)
	}
}

func TestALogCanBeFollowed(t *testing.T) {
	relay := realRelay(t)
	key, job, _ := loggedRun(t, relay)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	subscribed, err := relay.SubscribeStream(ctx, &backend.SubscribeStreamRequest{PluginContext: as("Viewer"), Path: "tail/" + key})
	if err != nil || subscribed.Status != backend.SubscribeStreamStatusOK {
		t.Fatalf("got %+v, %v", subscribed, err)
	}
	sent := make(packets, 64)
	go func() {
		_ = relay.RunStream(ctx, &backend.RunStreamRequest{Path: "tail/" + key}, backend.NewStreamSender(sent))
	}()
	frame := sent.next(t)
	if frame.Rows() == 0 || frame.Meta.Type != data.FrameTypeLogLines || text(t, frame, "id", 0) == "" {
		t.Errorf("got %d rows of %+v", frame.Rows(), frame.Meta)
	}
	labels, _ := frame.Fields[4].At(0).(json.RawMessage)
	if !strings.Contains(string(labels), fmt.Sprintf("%q:%q", "job", job)) {
		t.Errorf("the labels don't name the job: %s", labels)
	}
	unknown, err := relay.SubscribeStream(ctx, &backend.SubscribeStreamRequest{PluginContext: as("Viewer"), Path: "tail/" + runKey})
	if err != nil || unknown.Status != backend.SubscribeStreamStatusNotFound {
		t.Errorf("a run that is not there: got %+v, %v", unknown, err)
	}
}

// notRelayed are calls that a token may make and Grafana has no use for.
var notRelayed = map[string]string{
	"GET v1/run/lines/tail": "followed through Grafana Live",
	"POST v1/harperdb":      "another system's own API",
	"POST v1/harperdb/":     "another system's own API",
}

func TestEveryCallOfTheServiceIsAllowedToTheRolesThatItsScopeIsFor(t *testing.T) {
	response, err := http.Get(os.Getenv("JOBLENS_URL") + "/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var document struct {
		Paths map[string]map[string]struct {
			Scope   string                     `json:"x-scope"`
			Answers map[string]json.RawMessage `json:"responses"`
		} `json:"paths"`
	}
	if err := json.NewDecoder(response.Body).Decode(&document); err != nil {
		t.Fatal(err)
	}
	needs := map[string]role{"read": viewer, "annotate": editor, "admin": admin}
	known := map[string]bool{"GET health/ready": true}
	for path, methods := range document.Paths {
		for method, call := range methods {
			signature := strings.ToUpper(method) + " " + strings.TrimPrefix(path, "/")
			known[signature] = true
			need, mattersHere := needs[call.Scope]
			if _, later := call.Answers["501"]; later || !mattersHere || !strings.HasPrefix(path, "/v1/") || strings.Contains(path, "{") || notRelayed[signature] != "" {
				continue
			}
			if given, ok := allowed[signature]; !ok || given != need {
				t.Errorf("%s has the scope %s: the relay should pass it on for %ss", signature, call.Scope, need)
			}
		}
	}
	for signature := range allowed {
		if !known[signature] {
			t.Errorf("%s is allowed, and the service has no such call", signature)
		}
	}
}
