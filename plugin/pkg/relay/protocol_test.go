package relay

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// The other tests call the relay's functions; these call the compiled program as Grafana does.

func TestTheBinaryAnswersQueriesAndAlertRules(t *testing.T) {
	service := newFakeService(t, map[string]http.HandlerFunc{"POST /v1/query": answers(200, twoAnswers)})
	binary := startBinary(t, service.URL, allTokens)
	responses := ask(t, binary, &backend.QueryDataRequest{
		PluginContext: as("Viewer"),
		Headers:       map[string]string{"FromAlert": "true", "X-Rule-Uid": "spike", "http_X-Rule-Folder": "Joblens"},
		Queries:       []backend.DataQuery{query("A", `{"question":"rate"}`), query("B", `{"question":"rat"}`)},
	})
	sent := service.last(t)
	for name, want := range map[string]string{
		"FromAlert": "true", "X-Rule-Uid": "spike", "X-Rule-Folder": "Joblens", "Authorization": "Bearer reading",
	} {
		if got := sent.header.Get(name); got != want {
			t.Errorf("header %s: expected %q, got %q", name, want, got)
		}
	}
	frame := responses["A"].Frames[0]
	if frame.Rows() != 2 || frame.Meta.Type != data.FrameTypeNumericLong || !frame.Fields[1].NilAt(1) {
		t.Errorf("the frame came out changed: %+v", frame)
	}
	if refused := responses["B"]; refused.Status != 400 || refused.ErrorSource != backend.ErrorSourceDownstream {
		t.Errorf("the refusal came out changed: %+v", refused)
	}
}

func TestTheBinarySaysEveryErrorOfAQuery(t *testing.T) {
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		words   string
	}{
		"refused":    {answers(400, `{"detail":"from is after to"}`), "from is after to"},
		"no token":   {answers(401, `{"detail":"unknown token"}`), "unknown token"},
		"too much":   {answers(429, `{"detail":"too many questions at once"}`), "too many questions"},
		"busy":       {answers(503, `{"detail":"data waits for 75 s"}`), "data waits for 75 s"},
		"nonsense":   {answers(200, `<html>`), "can't be read"},
		"incomplete": {answers(200, `{"results":{}}`), "no answer to query A"},
		"broken off": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "can't be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			service := newFakeService(t, map[string]http.HandlerFunc{"POST /v1/query": test.handler})
			binary := startBinary(t, service.URL, allTokens)
			got := ask(t, binary, &backend.QueryDataRequest{Queries: []backend.DataQuery{query("A", `{"question":"runs"}`)}})["A"]
			if got.Error == nil || !strings.Contains(got.Error.Error(), test.words) {
				t.Errorf("expected an error with %q, got %+v", test.words, got)
			}
		})
	}
}

func TestTheBinaryGuardsItsResources(t *testing.T) {
	service := newFakeService(t, map[string]http.HandlerFunc{"GET /v1/run": answers(200, `{"key":"1"}`)})
	binary := startBinary(t, service.URL, allTokens)
	for _, test := range []struct {
		role, method, path string
		status             int
		words              string
	}{
		{"Viewer", "GET", "v1/run", 200, `"key"`},
		{"Viewer", "PATCH", "v1/run", 403, "an editor"},
		{"Editor", "DELETE", "v1/run", 403, "an admin"},
		{"Admin", "POST", "v1/lines", 404, "doesn't pass on"},
		{"Admin", "GET", "v1/tokens", 404, "404 page not found"},
	} {
		status, body, _ := fetch(t, binary, test.role, test.method, test.path, "key=1")
		if status != test.status || !strings.Contains(body, test.words) {
			t.Errorf("%s %s as %s: got %d %s", test.method, test.path, test.role, status, body)
		}
	}
}

func TestTheBinaryTellsItsHealth(t *testing.T) {
	service := newFakeService(t, map[string]http.HandlerFunc{
		"GET /v1/jobs": answers(200, `{"jobs":[],"next":null}`), "GET /health/ready": answers(200, `{"status":"ready"}`),
	})
	expectHealth(t, startBinary(t, service.URL, nil), "Joblens answers", "")
	service.Close()
	expectHealth(t, startBinary(t, service.URL, nil), "can't be reached", "Nothing listens")
}

func TestTheBinaryFollowsALog(t *testing.T) {
	service := newFakeService(t, map[string]http.HandlerFunc{
		"GET /v1/run": answers(200, `{"key":"`+runKey+`","job":"nightly","run":"42"}`),
		"GET /v1/run/lines/tail": func(writer http.ResponseWriter, request *http.Request) {
			writer.Header().Set("Content-Type", "text/event-stream")
			writeLine(writer, 1, "info", "starting")
			<-request.Context().Done()
		},
	})
	binary := startBinary(t, service.URL, allTokens)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	subscribed, err := binary.SubscribeStream(ctx, &backend.SubscribeStreamRequest{PluginContext: as("Viewer"), Path: "tail/" + runKey})
	if err != nil || subscribed.Status != backend.SubscribeStreamStatusOK {
		t.Fatalf("got %+v, %v", subscribed, err)
	}
	if refused, err := binary.SubscribeStream(ctx, &backend.SubscribeStreamRequest{PluginContext: as("Viewer"), Path: "tail/../tokens"}); err != nil ||
		refused.Status != backend.SubscribeStreamStatusNotFound {
		t.Errorf("a path that is none: got %+v, %v", refused, err)
	}
	sent, done := make(packets, 8), make(chan error, 1)
	go func() {
		done <- binary.RunStream(ctx, &backend.RunStreamRequest{Path: "tail/" + runKey}, backend.NewStreamSender(sent))
	}()
	if frame := sent.next(t); frame.Fields[1].At(0) != "starting" {
		t.Errorf("got %v", frame.Fields[1].At(0))
	}
	cancel()
	select {
	case err := <-done:
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("the stream went on after its last watcher left")
	}
	if published, err := binary.PublishStream(context.Background(), &backend.PublishStreamRequest{Path: "tail/" + runKey}); err != nil ||
		published.Status != backend.PublishStreamStatusPermissionDenied {
		t.Errorf("Grafana could publish lines: %+v, %v", published, err)
	}
}
