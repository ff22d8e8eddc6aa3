package relay

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

func TestHealthSaysWhatToMend(t *testing.T) {
	ready, jobs := answers(200, `{"status":"ready"}`), answers(200, `{"jobs":[],"next":null}`)
	onlyReading := func(writer http.ResponseWriter, request *http.Request) {
		if request.Header.Get("Authorization") != "Bearer reading" {
			answers(401, `{}`)(writer, request)
			return
		}
		jobs(writer, request)
	}
	for name, test := range map[string]struct {
		ready, jobs   http.HandlerFunc
		secrets       map[string]string
		message, mend string
	}{
		"all is well":                    {ready, jobs, nil, "Joblens answers", ""},
		"a token is missing":             {ready, answers(401, `{}`), nil, "wants a token", "Set a token"},
		"a token is unknown":             {ready, answers(401, `{}`), allTokens, "doesn't know the token", "revoked"},
		"the scope is missing":           {ready, answers(403, `{}`), allTokens, "may not read", "scope read"},
		"it serves its own machine only": {ready, answers(403, `{}`), nil, "nobody in without a token", "JOBLENS_TOKENS_FILE"},
		"the store is away":              {ready, answers(503, `{"detail":"ClickHouse is away"}`), nil, "not ready", "ClickHouse"},
		"it fails":                       {ready, answers(500, `{}`), nil, "has a problem", "500"},
		"it takes no writes":             {answers(503, `{"detail":"the spool is full"}`), jobs, nil, "takes no runs", "health/ready"},
		"another API":                    {ready, answers(200, `{"data":[]}`), nil, "not a Joblens service", "Something else"},
		"a web page":                     {ready, answers(200, `<html>`), nil, "not a Joblens service", "Something else"},
		"a login page":                   {ready, answers(302, ``), nil, "not a Joblens service", "Something else"},
		"nothing there":                  {nil, answers(404, ``), nil, "not a Joblens service", "Something else"},
		"the editors' is unknown":        {ready, onlyReading, allTokens, "token for editors", "leave it empty"},
	} {
		t.Run(name, func(t *testing.T) {
			handlers := map[string]http.HandlerFunc{"GET /v1/jobs": test.jobs}
			if test.ready != nil {
				handlers["GET /health/ready"] = test.ready
			}
			service := newFakeService(t, handlers)
			expectHealth(t, newRelay(t, service.URL, test.secrets), test.message, test.mend)
		})
	}
}

func TestHealthSaysWhyNothingAnswers(t *testing.T) {
	away := newFakeService(t, nil)
	away.Close()
	expectHealth(t, newRelay(t, away.URL, nil), "can't be reached", "Nothing listens")
	expectHealth(t, newRelay(t, "", nil), "can't be reached", "has no address")
	plain := newFakeService(t, nil)
	expectHealth(t, newRelay(t, strings.Replace(plain.URL, "http:", "https:", 1), nil), "can't be reached", "http://")
}

func expectHealth(t *testing.T, relay plugin, message, mend string) {
	t.Helper()
	result, err := relay.CheckHealth(context.Background(), &backend.CheckHealthRequest{PluginContext: as("Admin")})
	if err != nil {
		t.Fatal(err)
	}
	if (result.Status == backend.HealthStatusOk) != (mend == "") || !strings.Contains(result.Message, message) {
		t.Errorf("expected %q, got %s: %s", message, result.Status, result.Message)
	}
	if mend == "" {
		return
	}
	var details struct{ Message, VerboseMessage string }
	if err := json.Unmarshal(result.JSONDetails, &details); err != nil || !strings.Contains(details.Message, mend) {
		t.Errorf("expected details with %q, got %s", mend, result.JSONDetails)
	}
}
