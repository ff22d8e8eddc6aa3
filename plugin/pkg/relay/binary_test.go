package relay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
)

// plugin is what Grafana calls: the relay itself, or its compiled binary in a process of its own.
type plugin interface {
	backend.QueryDataHandler
	backend.CallResourceHandler
	backend.CheckHealthHandler
	backend.StreamHandler
}

// compiled is the relay's program, built once for all tests; empty until then.
var compiled struct {
	once sync.Once
	path string
	err  error
}

// process is the compiled relay, running as Grafana runs it: started with the plugin protocol's handshake, called over gRPC.
type process struct {
	settings backend.DataSourceInstanceSettings
	data     grpcplugin.DataClient
	resource grpcplugin.ResourceClient
	health   grpcplugin.DiagnosticsClient
	stream   grpcplugin.StreamClient
}

var _ plugin = (*process)(nil)

// startBinary runs the compiled relay for a data source with this address and these secrets until the test ends.
func startBinary(t *testing.T, address string, secrets map[string]string) *process {
	t.Helper()
	compiled.once.Do(func() {
		folder, err := os.MkdirTemp("", "joblens-relay-")
		if err != nil {
			compiled.err = err
			return
		}
		compiled.path = filepath.Join(folder, "gpx_joblens_history")
		if said, err := exec.Command("go", "build", "-o", compiled.path, "..").CombinedOutput(); err != nil {
			compiled.err = fmt.Errorf("build the relay: %w: %s", err, said)
		}
	})
	if compiled.err != nil {
		t.Fatal(compiled.err)
	}
	client := goplugin.NewClient(&goplugin.ClientConfig{
		Cmd: exec.Command(compiled.path),
		HandshakeConfig: goplugin.HandshakeConfig{
			ProtocolVersion:  grpcplugin.ProtocolVersion,
			MagicCookieKey:   grpcplugin.MagicCookieKey,
			MagicCookieValue: grpcplugin.MagicCookieValue,
		},
		AllowedProtocols: []goplugin.Protocol{goplugin.ProtocolGRPC},
		Plugins: goplugin.PluginSet{
			"data": &grpcplugin.DataGRPCPlugin{}, "resource": &grpcplugin.ResourceGRPCPlugin{},
			"diagnostics": &grpcplugin.DiagnosticsGRPCPlugin{}, "stream": &grpcplugin.StreamGRPCPlugin{},
		},
		Logger: hclog.New(&hclog.LoggerOptions{Output: io.Discard}),
	})
	t.Cleanup(client.Kill)
	connection, err := client.Client()
	if err != nil {
		t.Fatal(err)
	}
	return &process{
		settings: backend.DataSourceInstanceSettings{
			UID: "joblens", Name: "joblens", Type: "joblens-history-datasource", URL: address, JSONData: []byte(`{}`),
			DecryptedSecureJSONData: secrets,
		},
		data:     dispense[grpcplugin.DataClient](t, connection, "data"),
		resource: dispense[grpcplugin.ResourceClient](t, connection, "resource"),
		health:   dispense[grpcplugin.DiagnosticsClient](t, connection, "diagnostics"),
		stream:   dispense[grpcplugin.StreamClient](t, connection, "stream"),
	}
}

func dispense[Client any](t *testing.T, connection goplugin.ClientProtocol, name string) Client {
	t.Helper()
	found, err := connection.Dispense(name)
	client, ok := found.(Client)
	if err != nil || !ok {
		t.Fatalf("the relay serves no %s: %v", name, err)
	}
	return client
}

// within completes what Grafana says beside every call.
func (p *process) within(given backend.PluginContext) backend.PluginContext {
	given.OrgID, given.PluginID, given.DataSourceInstanceSettings = 1, "joblens-history-datasource", &p.settings
	return given
}

func (p *process) QueryData(ctx context.Context, req *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	asked := *req
	asked.PluginContext = p.within(req.PluginContext)
	answer, err := p.data.QueryData(ctx, backend.ToProto().QueryDataRequest(&asked))
	if err != nil {
		return nil, err
	}
	return backend.FromProto().QueryDataResponse(answer)
}

func (p *process) CallResource(ctx context.Context, req *backend.CallResourceRequest, sender backend.CallResourceResponseSender) error {
	asked := *req
	asked.PluginContext = p.within(req.PluginContext)
	answers, err := p.resource.CallResource(ctx, backend.ToProto().CallResourceRequest(&asked))
	if err != nil {
		return err
	}
	for {
		answer, err := answers.Recv()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if err := sender.Send(backend.FromProto().CallResourceResponse(answer)); err != nil {
			return err
		}
	}
}

func (p *process) CheckHealth(ctx context.Context, req *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	answer, err := p.health.CheckHealth(ctx, &pluginv2.CheckHealthRequest{PluginContext: p.context(req.PluginContext)})
	if err != nil {
		return nil, err
	}
	return backend.FromProto().CheckHealthResponse(answer), nil
}

func (p *process) SubscribeStream(ctx context.Context, req *backend.SubscribeStreamRequest) (*backend.SubscribeStreamResponse, error) {
	answer, err := p.stream.SubscribeStream(ctx, &pluginv2.SubscribeStreamRequest{PluginContext: p.context(req.PluginContext), Path: req.Path})
	if err != nil {
		return nil, err
	}
	return backend.FromProto().SubscribeStreamResponse(answer), nil
}

func (p *process) PublishStream(ctx context.Context, req *backend.PublishStreamRequest) (*backend.PublishStreamResponse, error) {
	answer, err := p.stream.PublishStream(ctx, &pluginv2.PublishStreamRequest{
		PluginContext: p.context(req.PluginContext), Path: req.Path, Data: req.Data,
	})
	if err != nil {
		return nil, err
	}
	return backend.FromProto().PublishStreamResponse(answer), nil
}

func (p *process) RunStream(ctx context.Context, req *backend.RunStreamRequest, sender *backend.StreamSender) error {
	answers, err := p.stream.RunStream(ctx, &pluginv2.RunStreamRequest{PluginContext: p.context(req.PluginContext), Path: req.Path})
	if err != nil {
		return err
	}
	for {
		answer, err := answers.Recv()
		switch {
		case errors.Is(err, io.EOF), ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		}
		if err := sender.SendJSON(answer.Data); err != nil {
			return err
		}
	}
}

func (p *process) context(given backend.PluginContext) *pluginv2.PluginContext {
	return backend.ToProto().PluginContext(p.within(given))
}

// TestMain takes away what was built.
func TestMain(m *testing.M) {
	status := m.Run()
	if compiled.path != "" {
		_ = os.RemoveAll(filepath.Dir(compiled.path))
	}
	os.Exit(status)
}
