//go:build service

package relay

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// storedDashboard is what of a dashboard's JSON asks the data source.
type storedDashboard struct {
	Panels []struct {
		Title   string           `json:"title"`
		Targets []map[string]any `json:"targets"`
	} `json:"panels"`
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

func TestEveryQueryOfTheDashboardHasAnAnswerInTheDemoHistory(t *testing.T) {
	relay := realRelay(t)
	stored, err := os.ReadFile("../../src/dashboards/jobs.json")
	if err != nil {
		t.Fatal(err)
	}
	var dashboard storedDashboard
	if err := json.Unmarshal(stored, &dashboard); err != nil {
		t.Fatal(err)
	}
	for _, panel := range dashboard.Panels {
		for _, target := range panel.Targets {
			t.Run("panel "+panel.Title, func(t *testing.T) { expectRows(t, relay, target) })
		}
	}
	for _, annotation := range dashboard.Annotations.List {
		if annotation.Target["question"] == "annotations" && annotation.Name != "Missed runs" {
			t.Run("annotation "+annotation.Name, func(t *testing.T) { expectRows(t, relay, annotation.Target) })
		}
	}
	for _, variable := range dashboard.Templating.List {
		if asked, ok := variable.Query.(map[string]any); ok {
			t.Run("variable "+variable.Name, func(t *testing.T) { expectRows(t, relay, asked) })
		}
	}
}

// expectRows asks a stored query as a dashboard whose variables say "All" does.
func expectRows(t *testing.T, relay *Relay, stored map[string]any) {
	t.Helper()
	filters, _ := stored["filters"].([]any)
	var kept []any
	for _, filter := range filters {
		if encoded, _ := json.Marshal(filter); !strings.Contains(string(encoded), "$") {
			kept = append(kept, filter)
		}
	}
	stored["filters"] = kept
	if kept == nil {
		delete(stored, "filters")
	}
	encoded, err := json.Marshal(stored)
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, frame := range askOne(t, relay, string(encoded)) {
		rows += frame.Rows()
	}
	if rows == 0 {
		t.Errorf("no rows for %s", encoded)
	}
}
