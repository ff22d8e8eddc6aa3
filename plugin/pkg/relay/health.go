package relay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// CheckHealth asks the service whether it is ready and whether each token does what it is for. What it answers says what
// to mend.
func (r *Relay) CheckHealth(ctx context.Context, req *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	if trouble := r.checkReading(ctx, req.PluginContext.User); trouble != nil {
		return trouble, nil
	}
	if trouble := r.checkReady(ctx); trouble != nil {
		return trouble, nil
	}
	if trouble := r.checkOtherTokens(ctx, req.PluginContext.User); trouble != nil {
		return trouble, nil
	}
	return &backend.CheckHealthResult{Status: backend.HealthStatusOk, Message: "Joblens answers, and the token may read."}, nil
}

// unhealthy is a failed check: what is wrong in a line, what to do, and the cause as it was told.
func unhealthy(message, mend string, cause error) *backend.CheckHealthResult {
	details := map[string]string{"message": mend}
	if cause != nil {
		details["verboseMessage"] = cause.Error()
	}
	encoded, _ := json.Marshal(details) // a map of strings can't fail
	return &backend.CheckHealthResult{Status: backend.HealthStatusError, Message: message, JSONDetails: encoded}
}

func (r *Relay) checkReading(ctx context.Context, user *backend.User) *backend.CheckHealthResult {
	body, err := r.oneJob(ctx, r.tokens.read, user)
	if err == nil {
		var answer struct {
			Jobs *[]json.RawMessage `json:"jobs"`
		}
		if json.Unmarshal(body, &answer) != nil || answer.Jobs == nil {
			return wrongService(r.address(), nil)
		}
		return nil
	}
	var refused *answerError
	if !errors.As(err, &refused) {
		return unhealthy("Joblens can't be reached", reachProblem(err, r.address()), err)
	}
	switch {
	case refused.status == http.StatusUnauthorized && r.tokens.read == "":
		return unhealthy("Joblens wants a token", "Set a token with the scope read.", err)
	case refused.status == http.StatusUnauthorized:
		return unhealthy("Joblens doesn't know the token", "Set a token that the service knows, with the scope read. It may have been revoked.", err)
	case refused.status == http.StatusForbidden && r.tokens.read == "":
		return unhealthy("Joblens lets nobody in without a token", "Give the service tokens (JOBLENS_TOKENS_FILE), and set one with the scope read here.", err)
	case refused.status == http.StatusForbidden:
		return unhealthy("The token may not read", "Set a token that has the scope read.", err)
	case refused.status == http.StatusNotFound, refused.status < http.StatusInternalServerError:
		return wrongService(r.address(), err)
	case refused.status == http.StatusServiceUnavailable:
		return unhealthy("Joblens is not ready", "The service answers but can't read its store yet. Wait a moment; if it stays so, look at its log and at ClickHouse.", err)
	default:
		return unhealthy("Joblens has a problem", fmt.Sprintf("It answered %d. Its log tells more.", refused.status), err)
	}
}

func wrongService(address string, cause error) *backend.CheckHealthResult {
	return unhealthy("This is not a Joblens service", fmt.Sprintf("Something else answers at %s. Give the address of the Joblens service, without a path unless a proxy puts it under one.", address), cause)
}

// checkReady tells a service that reads but takes no writes: dashboards would work and slowly go stale.
func (r *Relay) checkReady(ctx context.Context) *backend.CheckHealthResult {
	if _, err := r.do(ctx, call{method: http.MethodGet, path: "health/ready"}); err != nil {
		return unhealthy("Joblens takes no runs at the moment", "It can be read, but is not ready for writes. Its log and /health/ready tell why.", err)
	}
	return nil
}

func (r *Relay) checkOtherTokens(ctx context.Context, user *backend.User) *backend.CheckHealthResult {
	for _, other := range []struct{ whose, token string }{{"editors", r.tokens.annotate}, {"admins", r.tokens.admin}} {
		if other.token == "" {
			continue
		}
		_, err := r.oneJob(ctx, other.token, user)
		var refused *answerError
		if errors.As(err, &refused) && refused.status == http.StatusUnauthorized {
			return unhealthy("Joblens doesn't know the token for "+other.whose, "Set one that the service knows, or leave it empty.", err)
		}
	}
	return nil
}

func (r *Relay) oneJob(ctx context.Context, token string, user *backend.User) ([]byte, error) {
	return r.do(ctx, call{method: http.MethodGet, path: "v1/jobs", params: url.Values{"limit": {"1"}}, token: token, user: user})
}
