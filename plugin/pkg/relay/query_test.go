package relay

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

const twoAnswers = `{"results":{
	"A":{"status":200,"frames":[{"schema":{"refId":"A","meta":{"type":"numeric-long","typeVersion":[0,1],"custom":{"next":null}},"fields":[
		{"name":"job","type":"string","typeInfo":{"frame":"string"}},
		{"name":"rate","type":"number","typeInfo":{"frame":"float64","nullable":true},"config":{"unit":"percentunit"}}]},
		"data":{"values":[["nightly","hourly"],[0.5,null]]}}]},
	"B":{"status":400,"error":"there is no question \"rat\"","errorSource":"downstream"}}}`

func ask(t *testing.T, relay plugin, req *backend.QueryDataRequest) backend.Responses {
	t.Helper()
	answer, err := relay.QueryData(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	return answer.Responses
}

func TestQueriesGoToTheServiceAsStoredWithTheirRange(t *testing.T) {
	service := newFakeService(t, map[string]http.HandlerFunc{"POST /v1/query": answers(200, twoAnswers)})
	relay := newRelay(t, service.URL, allTokens)

	early := query("B", `{"question":"rat"}`)
	early.TimeRange.From = time.UnixMilli(500)
	responses := ask(t, relay, &backend.QueryDataRequest{
		PluginContext: as("Admin"),
		Headers:       map[string]string{"FromAlert": "true", "http_X-Rule-Name": "spike", "http_Cookie": "grafana_session=1"},
		Queries: []backend.DataQuery{
			query("A", `{"refId":"A","question":"rate","groupBy":["job"],"datasource":{"uid":"x"},"tag":"ä"}`), early,
		},
	})

	sent := service.last(t)
	if got := string(sent.body["from"]) + " " + string(sent.body["to"]); got != "500 2000" {
		t.Errorf("expected the widest range 500 2000, got %s", got)
	}
	var queries []map[string]json.RawMessage
	if err := json.Unmarshal(sent.body["queries"], &queries); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"refId": `"A"`, "question": `"rate"`, "groupBy": `["job"]`, "tag": `"ä"`,
		"intervalMs": "60000", "maxDataPoints": "500", "timeRange": `{"from":1000,"to":2000}`,
	} {
		if got := string(queries[0][name]); got != want {
			t.Errorf("%s: expected %s, got %s", name, want, got)
		}
	}
	if _, kept := queries[0]["datasource"]; kept {
		t.Error("Grafana's own datasource reference went to the service")
	}
	for name, want := range map[string]string{
		"Authorization": "Bearer reading", "X-Joblens-User": "zo%C3%AB@example.org", "X-Joblens-Role": "Admin",
		"FromAlert": "true", "X-Rule-Name": "spike", "Cookie": "",
	} {
		if got := sent.header.Get(name); got != want {
			t.Errorf("header %s: expected %q, got %q", name, want, got)
		}
	}

	frame := responses["A"].Frames[0]
	if frame.RefID != "A" || frame.Rows() != 2 || frame.Fields[1].Config.Unit != "percentunit" || frame.Meta.TypeVersion[1] != 1 {
		t.Errorf("the frame came out changed: %+v", frame)
	}
	if !frame.Fields[1].NilAt(1) {
		t.Error("null became a number")
	}
	refused := responses["B"]
	if refused.Status != 400 || refused.ErrorSource != backend.ErrorSourceDownstream || !strings.Contains(refused.Error.Error(), `"rat"`) {
		t.Errorf("the refusal came out changed: %+v", refused)
	}
}

func TestEveryQueryGetsAnAnswerWhateverTheServiceDoes(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   string
		want   backend.Status
		words  string
	}{
		"an empty answer":    {200, `{}`, 502, "no answer to query A"},
		"a missing refId":    {200, `{"results":{"B":{"status":200,"frames":[]}}}`, 502, "no answer to query A"},
		"an unknown field":   {200, `{"results":{"A":{"frames":[],"extra":1}}}`, 502, "can't be read"},
		"a web page":         {200, `<html>`, 502, "can't be read"},
		"a redirect":         {302, ``, 302, "302 Found"},
		"a refused token":    {401, `{"detail":"unknown token"}`, 401, "unknown token"},
		"a missing scope":    {403, `{"detail":"it lacks the scope read"}`, 403, "lacks the scope read"},
		"a bad request":      {400, `{"title":"Bad request","detail":"from is after to"}`, 400, "from is after to"},
		"a busy store":       {503, `{"title":"The store is away"}`, 503, "The store is away"},
		"a proxy's bad page": {502, `<html>nginx</html>`, 502, "502 Bad Gateway"},
	} {
		t.Run(name, func(t *testing.T) {
			service := newFakeService(t, map[string]http.HandlerFunc{"POST /v1/query": answers(test.status, test.body)})
			responses := ask(t, newRelay(t, service.URL, nil), &backend.QueryDataRequest{Queries: []backend.DataQuery{query("A", `{"question":"runs"}`)}})
			got := responses["A"]
			if got.Error == nil {
				t.Fatal("no error: an alert rule would read this as no data")
			}
			if got.Status != test.want || !strings.Contains(got.Error.Error(), test.words) {
				t.Errorf("expected %d with %q, got %d: %v", test.want, test.words, got.Status, got.Error)
			}
		})
	}
}

func TestQueriesSayWhyTheServiceIsNotReached(t *testing.T) {
	away := newFakeService(t, nil)
	away.Close()
	for name, test := range map[string]struct{ address, words string }{
		"nothing listens": {away.URL, "Nothing listens at " + away.URL},
		"no address":      {"", "has no address"},
		"no http address": {"localhost:8080", "has no address"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ask(t, newRelay(t, test.address, nil), &backend.QueryDataRequest{Queries: []backend.DataQuery{query("A", `{}`)}})["A"]
			if got.Error == nil || !strings.Contains(got.Error.Error(), test.words) || got.ErrorSource != backend.ErrorSourceDownstream {
				t.Errorf("expected a downstream error with %q, got %+v", test.words, got)
			}
		})
	}
}

func TestAQueryThatIsNoObjectHarmsNoOther(t *testing.T) {
	service := newFakeService(t, map[string]http.HandlerFunc{
		"POST /v1/query": answers(200, `{"results":{"B":{"status":200,"frames":[]}}}`),
	})
	responses := ask(t, newRelay(t, service.URL, nil), &backend.QueryDataRequest{
		Queries: []backend.DataQuery{query("A", `null`), query("B", `{"question":"runs"}`)},
	})
	if responses["A"].Status != 400 || responses["B"].Error != nil {
		t.Errorf("got %+v", responses)
	}
}

func TestAnAddressMayHaveAPath(t *testing.T) {
	service := newFakeService(t, map[string]http.HandlerFunc{
		"POST /joblens/v1/query": answers(200, `{"results":{"A":{"status":200,"frames":[]}}}`),
	})
	responses := ask(t, newRelay(t, service.URL+"/joblens/", nil), &backend.QueryDataRequest{Queries: []backend.DataQuery{query("A", `{}`)}})
	if responses["A"].Error != nil {
		t.Error(responses["A"].Error)
	}
}
