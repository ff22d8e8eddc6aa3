// Package relay passes Grafana's requests on to a Joblens service and its answers back.
package relay

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
	"github.com/grafana/grafana-plugin-sdk-go/backend/instancemgmt"
	"github.com/grafana/grafana-plugin-sdk-go/backend/resource/httpadapter"
)

var (
	_ backend.QueryDataHandler      = (*Relay)(nil)
	_ backend.CallResourceHandler   = (*Relay)(nil)
	_ backend.CheckHealthHandler    = (*Relay)(nil)
	_ backend.StreamHandler         = (*Relay)(nil)
	_ instancemgmt.InstanceDisposer = (*Relay)(nil)
)

const (
	queryTimeout  = 2 * time.Minute
	healthTimeout = 10 * time.Second
)

// Relay serves one configured data source; Grafana makes a new one when its settings change.
type Relay struct {
	backend.CallResourceHandler
	base   *url.URL
	tokens tokens
	client *http.Client
}

// New makes a relay from a data source's settings. A bad address is not an error here, so that CheckHealth can say what
// to mend.
func New(ctx context.Context, settings backend.DataSourceInstanceSettings) (instancemgmt.Instance, error) {
	options, err := settings.HTTPClientOptions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the data source's settings: %w", err)
	}
	// Each call sets its own deadline: a live tail has none.
	options.Timeouts.Timeout = 0
	client, err := httpclient.New(options)
	if err != nil {
		return nil, fmt.Errorf("make an HTTP client: %w", err)
	}
	// A redirect leads to a login page or another service, never to Joblens.
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

	relay := &Relay{base: parseBase(settings.URL), tokens: readTokens(settings.DecryptedSecureJSONData), client: client}
	relay.CallResourceHandler = httpadapter.New(relay.resources())
	return relay, nil
}

// Dispose lets go of idle connections when the settings have changed.
func (r *Relay) Dispose() {
	r.client.CloseIdleConnections()
}

// parseBase gives nil for what is no address of a service.
func parseBase(address string) *url.URL {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") {
		return nil
	}
	base.User, base.RawQuery, base.Fragment = nil, "", ""
	// Without a first slash a joined path would not be absolute.
	return base.JoinPath("/")
}
