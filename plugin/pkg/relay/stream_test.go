package relay

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

const runKey = "0f6e3c1a-3b1d-4c88-9d57-5f1c9d2f7a10"

// packets collects what a stream sends.
type packets chan *data.Frame

func (p packets) Send(packet *backend.StreamPacket) error {
	var frame data.Frame
	if err := json.Unmarshal(packet.Data, &frame); err != nil {
		return err
	}
	p <- &frame
	return nil
}

func (p packets) next(t *testing.T) *data.Frame {
	t.Helper()
	select {
	case frame := <-p:
		return frame
	case <-time.After(10 * time.Second):
		t.Fatal("no frame came")
		return nil
	}
}

func writeLine(writer http.ResponseWriter, arrival int, level, message string) {
	encoded, _ := json.Marshal(map[string]any{
		"n": arrival, "seq": nil, "arrival": fmt.Sprint(arrival), "time": "2026-11-22T03:10:09.250Z", "level": level,
		"message": message, "stream": "stderr", "step": nil,
	})
	_, _ = fmt.Fprintf(writer, ": keep\nid: %d\ndata: %s\n\n", arrival, encoded)
	writer.(http.Flusher).Flush()
}

func TestATailSendsLinesAsFramesAndTakesUpAgainWhereItBroke(t *testing.T) {
	resumed := make(chan string, 8)
	service := newFakeService(t, map[string]http.HandlerFunc{
		"GET /v1/run": answers(200, `{"key":"`+runKey+`","job":"nightly","run":"42"}`),
		"GET /v1/run/lines/tail": func(writer http.ResponseWriter, request *http.Request) {
			writer.Header().Set("Content-Type", "text/event-stream")
			after := request.Header.Get("Last-Event-ID")
			resumed <- after
			if after == "" {
				writeLine(writer, 1, "info", "starting")
				writeLine(writer, 2, "error", "it broke\tä")
				return
			}
			writeLine(writer, 3, "info", "again")
			<-request.Context().Done()
		},
	})
	relay := newRelay(t, service.URL, allTokens)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	sent, done := make(packets, 8), make(chan error, 1)
	go func() {
		done <- relay.RunStream(ctx, &backend.RunStreamRequest{Path: "tail/" + runKey}, backend.NewStreamSender(sent))
	}()

	first := sent.next(t)
	if first.Rows() != 2 || first.Meta.Type != data.FrameTypeLogLines {
		t.Fatalf("expected both lines in one log frame, got %d rows of %s", first.Rows(), first.Meta.Type)
	}
	if body, severity := first.Fields[1].At(1), first.Fields[2].At(1); body != "it broke\tä" || severity != "error" {
		t.Errorf("got %v %v", body, severity)
	}
	if one, other := first.Fields[0].At(0).(time.Time), first.Fields[0].At(1).(time.Time); !one.Before(other) || other.Sub(one) >= time.Millisecond {
		t.Errorf("lines of one millisecond must keep their order in it, got %s and %s", one, other)
	}
	labels, _ := first.Fields[4].At(0).(json.RawMessage)
	if !strings.Contains(string(labels), `"job":"nightly"`) || !strings.Contains(string(labels), `"stream":"stderr"`) {
		t.Errorf("got labels %s", labels)
	}
	if second := sent.next(t); second.Fields[1].At(0) != "again" || second.Fields[3].At(0) != runKey+"-3" {
		t.Errorf("got %v", second.Fields[1].At(0))
	}
	if first, second := <-resumed, <-resumed; first != "" || second != "2" {
		t.Errorf("expected to resume after line 2, got %q then %q", first, second)
	}

	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Error("the stream went on after its last watcher left")
	}
}

func TestOnlyRunsThatExistCanBeFollowed(t *testing.T) {
	status := http.StatusOK
	service := newFakeService(t, map[string]http.HandlerFunc{
		"GET /v1/run": func(writer http.ResponseWriter, request *http.Request) { answers(status, `{}`)(writer, request) },
	})
	relay := newRelay(t, service.URL, nil)
	subscribe := func(path string) backend.SubscribeStreamStatus {
		answer, _ := relay.SubscribeStream(context.Background(), &backend.SubscribeStreamRequest{PluginContext: as("Viewer"), Path: path})
		return answer.Status
	}
	if got := subscribe("tail/" + runKey); got != backend.SubscribeStreamStatusOK {
		t.Errorf("a run that exists: got %d", got)
	}
	for _, path := range []string{"tail/", "tail/../tokens", "tail/a?b", "other/" + runKey, ""} {
		if got := subscribe(path); got != backend.SubscribeStreamStatusNotFound {
			t.Errorf("%q: got %d", path, got)
		}
	}
	for code, want := range map[int]backend.SubscribeStreamStatus{
		404: backend.SubscribeStreamStatusNotFound,
		401: backend.SubscribeStreamStatusPermissionDenied,
		403: backend.SubscribeStreamStatusPermissionDenied,
	} {
		status = code
		if got := subscribe("tail/" + runKey); got != want {
			t.Errorf("answered %d: expected %d, got %d", code, want, got)
		}
	}
	status = http.StatusServiceUnavailable
	if answer, err := relay.SubscribeStream(context.Background(), &backend.SubscribeStreamRequest{PluginContext: as("Viewer"), Path: "tail/" + runKey}); err == nil {
		t.Errorf("a service that is away must be an error, got %+v", answer)
	}
	if answer, _ := relay.PublishStream(context.Background(), nil); answer.Status != backend.PublishStreamStatusPermissionDenied {
		t.Error("Grafana could publish lines")
	}
}
