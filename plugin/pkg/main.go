// The relay between Grafana and a Joblens service. It knows no question: it exists because Grafana evaluates alert
// rules only in a backend, and because tokens must not reach the browser.
package main

import (
	"os"

	"github.com/grafana/grafana-plugin-sdk-go/backend/datasource"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"

	"github.com/joblens/joblens/plugin/pkg/relay"
)

func main() {
	if err := datasource.Manage("joblens-history-datasource", relay.New, datasource.ManageOpts{}); err != nil {
		log.DefaultLogger.Error("The Joblens relay stopped", "error", err)
		os.Exit(1)
	}
}
