package relay

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// fakeService stands in for a Joblens service and keeps what it was asked.
type fakeService struct {
	*httptest.Server
	mu    sync.Mutex
	calls []seenCall
}

type seenCall struct {
	method, path, query string
	header              http.Header
	body                map[string]json.RawMessage
}

// newFakeService answers each "METHOD /path" with its handler, and 404 to all else.
func newFakeService(t *testing.T, handlers map[string]http.HandlerFunc) *fakeService {
	t.Helper()
	fake := &fakeService{}
	fake.Server = httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		seen := seenCall{method: request.Method, path: request.URL.Path, query: request.URL.RawQuery, header: request.Header}
		_ = json.NewDecoder(request.Body).Decode(&seen.body)
		fake.mu.Lock()
		fake.calls = append(fake.calls, seen)
		fake.mu.Unlock()
		if handler, ok := handlers[request.Method+" "+request.URL.Path]; ok {
			handler(writer, request)
			return
		}
		http.NotFound(writer, request)
	}))
	t.Cleanup(fake.Close)
	return fake
}

func (f *fakeService) last(t *testing.T) seenCall {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.calls) == 0 {
		t.Fatal("the service was not called")
	}
	return f.calls[len(f.calls)-1]
}

func (f *fakeService) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.calls)
}

func answers(status int, body string) http.HandlerFunc {
	return func(writer http.ResponseWriter, _ *http.Request) {
		contentType := "application/json"
		if status >= http.StatusBadRequest {
			contentType = "application/problem+json"
		}
		writer.Header().Set("Content-Type", contentType)
		writer.WriteHeader(status)
		_, _ = writer.Write([]byte(body))
	}
}

var allTokens = map[string]string{"token": "reading", "annotateToken": "annotating", "adminToken": "administering"}

// newRelay makes the relay as Grafana does, from a data source's settings.
func newRelay(t *testing.T, address string, secrets map[string]string) *Relay {
	t.Helper()
	instance, err := New(context.Background(), backend.DataSourceInstanceSettings{
		Name: "joblens", Type: "joblens-history-datasource", URL: address, JSONData: []byte(`{}`), DecryptedSecureJSONData: secrets,
	})
	if err != nil {
		t.Fatal(err)
	}
	made, ok := instance.(*Relay)
	if !ok {
		t.Fatalf("expected a relay, got %T", instance)
	}
	t.Cleanup(made.Dispose)
	return made
}

func as(role string) backend.PluginContext {
	return backend.PluginContext{User: &backend.User{Login: "zoë@example.org", Role: role}}
}

func query(refID, stored string) backend.DataQuery {
	return backend.DataQuery{
		RefID:         refID,
		JSON:          []byte(stored),
		Interval:      time.Minute,
		MaxDataPoints: 500,
		TimeRange:     backend.TimeRange{From: time.UnixMilli(1_000), To: time.UnixMilli(2_000)},
	}
}
