package relay

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// fetch calls a resource as Grafana does for a browser.
func fetch(t *testing.T, relay plugin, role, method, path, params string) (int, string, http.Header) {
	t.Helper()
	var status int
	var body strings.Builder
	header := http.Header{}
	err := relay.CallResource(context.Background(), &backend.CallResourceRequest{
		PluginContext: as(role),
		Method:        method,
		Path:          path,
		URL:           path + "?" + params,
		Headers: map[string][]string{
			"Cookie": {"grafana_session=secret"}, "Authorization": {"Bearer grafana"}, "X-Grafana-Id": {"jwt"},
			"Accept": {"text/plain"}, "Accept-Encoding": {"br"}, "X-Joblens-Role": {"Admin"},
		},
		Body: []byte(`{}`),
	}, backend.CallResourceResponseSenderFunc(func(response *backend.CallResourceResponse) error {
		if response.Status != 0 {
			status, header = response.Status, response.Headers
		}
		body.Write(response.Body)
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	return status, body.String(), header
}

func TestEveryCallIsAllowedToItsRolesOnly(t *testing.T) {
	service := newFakeService(t, nil)
	relay := newRelay(t, service.URL, allTokens)
	tokenOf := map[role]string{viewer: "reading", editor: "annotating", admin: "administering"}
	roles := map[string]role{"": viewer, "Viewer": viewer, "Editor": editor, "Admin": admin}

	for signature, need := range allowed {
		method, path, _ := strings.Cut(signature, " ")
		for name, has := range roles {
			before := service.count()
			status, body, _ := fetch(t, relay, name, method, path, "job=a%2Fb&run=%25")
			if has < need {
				if status != http.StatusForbidden || service.count() != before {
					t.Errorf("%s as %q: expected 403 without a call, got %d %s", signature, name, status, body)
				}
				continue
			}
			sent := service.last(t)
			if service.count() != before+1 || sent.method != method || sent.path != "/"+path || sent.query != "job=a%2Fb&run=%25" {
				t.Errorf("%s as %q: the service saw %s %s?%s", signature, name, sent.method, sent.path, sent.query)
			}
			if got := sent.header.Get("Authorization"); got != "Bearer "+tokenOf[need] {
				t.Errorf("%s as %q: expected the token %s, got %s", signature, name, tokenOf[need], got)
			}
			if got := sent.header.Get("X-Joblens-Role"); got != name {
				t.Errorf("%s as %q: the service was told the role %q", signature, name, got)
			}
			for _, own := range []string{"Cookie", "X-Grafana-Id"} {
				if sent.header.Get(own) != "" {
					t.Errorf("%s: Grafana's own %s went to the service", signature, own)
				}
			}
		}
	}
}

func TestOtherCallsAreNotPassedOn(t *testing.T) {
	service := newFakeService(t, nil)
	relay := newRelay(t, service.URL, allTokens)
	for _, call := range []struct{ method, path string }{
		{"POST", "v1/runs"}, {"POST", "v1/lines"}, {"GET", "metrics"}, {"GET", ""}, {"GET", "v1/jobs/../tokens"},
		{"GET", "v1/run/"}, {"GET", "v1//tokens"}, {"GET", "v1/run/lines/tail"}, {"CONNECT", "v1/query"}, {"get", "v1/run"},
	} {
		if status, body, _ := fetch(t, relay, "Admin", call.method, call.path, ""); status != http.StatusNotFound {
			t.Errorf("%s %s: expected 404, got %d %s", call.method, call.path, status, body)
		}
	}
	if service.count() > 0 {
		t.Errorf("the service was called: %+v", service.last(t))
	}
}

func TestAnswersComeBackAsTheyAre(t *testing.T) {
	service := newFakeService(t, map[string]http.HandlerFunc{
		"GET /v1/run/lines": func(writer http.ResponseWriter, request *http.Request) {
			writer.Header().Set("Content-Type", request.Header.Get("Accept"))
			writer.Header().Set("Set-Cookie", "service=1")
			_, _ = writer.Write([]byte("one\r\ntwo\n"))
		},
		"GET /v1/run": answers(404, `{"detail":"there is no run 42 of job a"}`),
	})
	relay := newRelay(t, service.URL, nil)

	status, body, header := fetch(t, relay, "Viewer", "GET", "v1/run/lines", "key=1")
	if status != 200 || body != "one\r\ntwo\n" || header.Get("Content-Type") != "text/plain" || header.Get("Set-Cookie") != "" {
		t.Errorf("got %d %q %v", status, body, header)
	}
	if status, body, _ := fetch(t, relay, "Viewer", "GET", "v1/run", "job=a&run=42"); status != 404 || !strings.Contains(body, "no run 42") {
		t.Errorf("got %d %s", status, body)
	}
}

func TestARefusedTokenIsNoEndOfThePersonsSession(t *testing.T) {
	service := newFakeService(t, map[string]http.HandlerFunc{"GET /v1/jobs": answers(401, `{"detail":"unknown"}`)})
	status, body, _ := fetch(t, newRelay(t, service.URL, allTokens), "Viewer", "GET", "v1/jobs", "")
	if status != http.StatusBadGateway || !strings.Contains(body, "Set a token") {
		t.Errorf("got %d %s", status, body)
	}
}

func TestAMissingTokenOrServiceIsSaid(t *testing.T) {
	service := newFakeService(t, nil)
	readOnly := newRelay(t, service.URL, map[string]string{"token": "reading"})
	if status, body, _ := fetch(t, readOnly, "Editor", "PATCH", "v1/run", "key=1"); status != 403 || !strings.Contains(body, "no token for editors") {
		t.Errorf("got %d %s", status, body)
	}
	service.Close()
	for _, relay := range []*Relay{readOnly, newRelay(t, "", nil)} {
		status, body, _ := fetch(t, relay, "Viewer", "GET", "v1/jobs", "")
		var problem struct{ Message string }
		if err := json.Unmarshal([]byte(body), &problem); err != nil || status != 502 || problem.Message == "" {
			t.Errorf("got %d %s", status, body)
		}
	}
}
