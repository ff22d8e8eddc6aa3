package relay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"
)

const (
	// A busy log becomes a few frames a second, not one for each line.
	tailPause = 200 * time.Millisecond
	tailBatch = 1000
	tailRetry = 2 * time.Second
)

var tailPath = regexp.MustCompile(`^tail/([A-Za-z0-9_-]{1,64})$`)

// tailedRun is what a tail says of its run.
type tailedRun struct {
	Key string `json:"key"`
	Job string `json:"job"`
	Run string `json:"run"`
}

// SubscribeStream lets a user follow the log of a run that exists.
func (r *Relay) SubscribeStream(ctx context.Context, req *backend.SubscribeStreamRequest) (*backend.SubscribeStreamResponse, error) {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	_, err := r.findTailed(ctx, req.Path, req.PluginContext.User)
	var refused *answerError
	switch {
	case err == nil:
		return &backend.SubscribeStreamResponse{Status: backend.SubscribeStreamStatusOK}, nil
	case !errors.As(err, &refused) || refused.status >= http.StatusInternalServerError:
		return nil, err
	// A refusal with an error beside it would reach Grafana as the error alone.
	case refused.status == http.StatusUnauthorized, refused.status == http.StatusForbidden:
		return &backend.SubscribeStreamResponse{Status: backend.SubscribeStreamStatusPermissionDenied}, nil
	default:
		return &backend.SubscribeStreamResponse{Status: backend.SubscribeStreamStatusNotFound}, nil
	}
}

// PublishStream refuses: lines come to the service, not through Grafana.
func (r *Relay) PublishStream(context.Context, *backend.PublishStreamRequest) (*backend.PublishStreamResponse, error) {
	return &backend.PublishStreamResponse{Status: backend.PublishStreamStatusPermissionDenied}, nil
}

// RunStream follows one run's log for all who watch it, until Grafana ends the context. A broken connection is taken up
// again after the last line that came.
func (r *Relay) RunStream(ctx context.Context, req *backend.RunStreamRequest, sender *backend.StreamSender) error {
	run, err := r.findTailed(ctx, req.Path, nil)
	if err != nil {
		return err
	}
	tail := &tail{run: run, sender: sender}
	for {
		err := r.follow(ctx, tail)
		var refused *answerError
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.As(err, &refused) && refused.status < http.StatusInternalServerError:
			return err
		case err != nil:
			log.DefaultLogger.Warn("A live tail broke off and is taken up again", "run", run.Key, "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(tailRetry):
		}
	}
}

// findTailed reads the run that a channel's path names, and so checks that it exists and may be read.
func (r *Relay) findTailed(ctx context.Context, path string, user *backend.User) (tailedRun, error) {
	var run tailedRun
	match := tailPath.FindStringSubmatch(path)
	if match == nil {
		return run, &answerError{http.StatusNotFound, "expected a channel tail/<run key>, got " + path}
	}
	body, err := r.do(ctx, call{
		method: http.MethodGet,
		path:   "v1/run",
		params: url.Values{"key": {match[1]}},
		token:  r.tokens.forNeed(viewer),
		user:   user,
	})
	if err != nil {
		return run, err
	}
	if err := json.Unmarshal(body, &run); err != nil {
		return run, fmt.Errorf("read the run: %w", err)
	}
	run.Key = match[1]
	return run, nil
}

// follow reads one connection to the end of it.
func (r *Relay) follow(ctx context.Context, tail *tail) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	request := call{
		method:  http.MethodGet,
		path:    "v1/run/lines/tail",
		params:  url.Values{"key": {tail.run.Key}},
		token:   r.tokens.forNeed(viewer),
		headers: http.Header{"Accept": {"text/event-stream"}},
		after:   tail.after,
	}
	response, err := r.send(ctx, request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return refusal(response.StatusCode, nil)
	}
	events, failed := readEvents(ctx, response.Body)
	for {
		batch, open := nextBatch(events)
		if err := tail.send(batch); err != nil {
			return err
		}
		if !open {
			return <-failed
		}
	}
}
