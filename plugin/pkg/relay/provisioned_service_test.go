//go:build service

package relay

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"gopkg.in/yaml.v3"
)

// storedDashboard is what of a dashboard's JSON asks the data source.
type storedDashboard struct {
	Panels      []storedPanel `json:"panels"`
	Annotations struct {
		List []struct {
			Name   string         `json:"name"`
			Target map[string]any `json:"target"`
		} `json:"list"`
	} `json:"annotations"`
	Templating struct {
		List []struct {
			Name  string `json:"name"`
			Query any    `json:"query"`
		} `json:"list"`
	} `json:"templating"`
}

type storedPanel struct {
	Title string `json:"title"`
	// Panels of a row that is folded up.
	Panels  []storedPanel    `json:"panels"`
	Targets []map[string]any `json:"targets"`
	// How a table orders and renames its columns, by the names that they have in Grafana.
	Transformations []struct {
		Options struct {
			IndexByName map[string]int `json:"indexByName"`
		} `json:"options"`
	} `json:"transformations"`
}

// mayBeEmpty are queries about what a healthy history has none of.
var mayBeEmpty = map[string]bool{"Missed runs": true}

func TestEveryQueryOfEveryDashboardHasAnAnswerInTheDemoHistory(t *testing.T) {
	relay := realRelay(t)
	files, err := filepath.Glob("../../src/dashboards/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no dashboards: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			var dashboard storedDashboard
			readJSON(t, file, &dashboard)
			for _, panel := range unfolded(dashboard.Panels) {
				for _, target := range panel.Targets {
					t.Run("panel "+panel.Title, func(t *testing.T) {
						frames := expectRows(t, relay, target)
						for _, transformation := range panel.Transformations {
							expectColumns(t, frames[0], transformation.Options.IndexByName)
						}
					})
				}
			}
			for _, annotation := range dashboard.Annotations.List {
				if annotation.Target["question"] == "annotations" && !mayBeEmpty[annotation.Name] {
					t.Run("annotation "+annotation.Name, func(t *testing.T) { expectRows(t, relay, annotation.Target) })
				}
			}
			for _, variable := range dashboard.Templating.List {
				if asked, ok := variable.Query.(map[string]any); ok {
					t.Run("variable "+variable.Name, func(t *testing.T) { expectRows(t, relay, asked) })
				}
			}
		})
	}
}

func unfolded(panels []storedPanel) []storedPanel {
	var all []storedPanel
	for _, panel := range panels {
		all = append(all, panel)
		all = append(all, unfolded(panel.Panels)...)
	}
	return all
}

// expectRows asks a stored query as a dashboard whose variables say "All" does; one that needs a value gets that of a job
// of the demo history.
func expectRows(t *testing.T, relay plugin, stored map[string]any) data.Frames {
	t.Helper()
	asked := map[string]any{}
	for name, value := range stored {
		asked[name] = value
	}
	filters, _ := stored["filters"].([]any)
	kept := []any{}
	for _, filter := range filters {
		if encoded, _ := json.Marshal(filter); !strings.Contains(string(encoded), "$") {
			kept = append(kept, filter)
		}
	}
	asked["filters"] = kept
	encoded, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	rows, frames := 0, askOne(t, relay, string(encoded))
	for _, frame := range frames {
		rows += frame.Rows()
	}
	if rows == 0 {
		t.Errorf("no rows for %s", encoded)
	}
	return frames
}

// expectColumns checks that a table's columns are there under the names that the dashboard knows them by.
func expectColumns(t *testing.T, frame *data.Frame, named map[string]int) {
	t.Helper()
	known := map[string]bool{}
	for _, field := range frame.Fields {
		known[field.Name] = true
		if field.Config != nil {
			known[field.Config.DisplayName], known[field.Config.DisplayNameFromDS] = true, true
		}
	}
	for name := range named {
		if !known[name] {
			t.Errorf("the answer has no column %q", name)
		}
	}
}

// storedRules is what of a file of alert rules Grafana evaluates.
type storedRules struct {
	Groups []struct {
		Name  string       `yaml:"name"`
		Rules []storedRule `yaml:"rules"`
	} `yaml:"groups"`
}

type storedRule struct {
	Title     string `yaml:"title"`
	Condition string `yaml:"condition"`
	Data      []struct {
		RefID         string `yaml:"refId"`
		DatasourceUID string `yaml:"datasourceUid"`
		Range         struct {
			From int `yaml:"from"`
			To   int `yaml:"to"`
		} `yaml:"relativeTimeRange"`
		Model map[string]any `yaml:"model"`
	} `yaml:"data"`
}

func TestEveryAlertRuleGetsNumbersThatAlertingTakes(t *testing.T) {
	relay := realRelay(t)
	files, err := filepath.Glob("../../../provisioning/alerting/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no rules: %v", err)
	}
	for _, file := range files {
		var stored storedRules
		readYAML(t, file, &stored)
		for _, group := range stored.Groups {
			for _, rule := range group.Rules {
				t.Run(rule.Title, func(t *testing.T) { expectNumbers(t, relay, rule) })
			}
		}
	}
}

// expectNumbers asks a rule's queries in one request as alerting does, reads every answer as its expressions do, and
// checks that the texts of query B meet the numbers of A: one row for each of its label sets.
func expectNumbers(t *testing.T, relay plugin, rule storedRule) {
	t.Helper()
	request := backend.QueryDataRequest{Headers: map[string]string{"FromAlert": "true", "X-Rule-Name": "test"}}
	for _, each := range rule.Data {
		if each.DatasourceUID != "joblens" {
			continue
		}
		model, err := json.Marshal(each.Model)
		if err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		request.Queries = append(request.Queries, backend.DataQuery{
			RefID: each.RefID, JSON: model, Interval: time.Second, MaxDataPoints: 43200,
			TimeRange: backend.TimeRange{
				From: now.Add(-time.Duration(each.Range.From) * time.Second), To: now.Add(-time.Duration(each.Range.To) * time.Second),
			},
		})
	}
	responses := ask(t, relay, &request)
	labels := map[string][]data.Labels{}
	for refID, response := range responses {
		if response.Error != nil {
			t.Fatalf("query %s: %v", refID, response.Error)
		}
		_, found, err := readAsAlerting(response.Frames)
		if err != nil {
			t.Fatalf("query %s: %v", refID, err)
		}
		if len(found) == 0 {
			t.Errorf("query %s: no data in the demo history", refID)
		}
		labels[refID] = found
	}
	texts, ok := labels["B"]
	if !ok {
		return
	}
	if len(texts) != len(labels["A"]) {
		t.Errorf("A has %d rows, B %d", len(labels["A"]), len(texts))
	}
	for _, of := range labels["A"] {
		matching := 0
		for _, text := range texts {
			if text.Contains(of) {
				matching++
			}
		}
		if matching != 1 {
			t.Errorf("%d rows of B for %s", matching, of)
		}
	}
}

func readJSON(t *testing.T, file string, into any) {
	t.Helper()
	stored, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(stored, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func readYAML(t *testing.T, file string, into any) {
	t.Helper()
	stored, err := os.ReadFile(file)
	if err == nil {
		err = yaml.Unmarshal(stored, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}
