package relay

import (
	"encoding/json"
	"net/http"
	"net/http/httputil"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// resources serves the browser's calls under …/resources/: a reverse proxy behind the list of what each role may do.
// Grafana itself lets every Viewer call any resource, so this list is the guard.
func (r *Relay) resources() http.Handler {
	proxy := &httputil.ReverseProxy{
		Rewrite:        r.rewrite,
		ModifyResponse: modifyResponse,
		ErrorHandler:   r.proxyError,
		Transport:      r.client.Transport,
	}
	return http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		need, ok := needFor(request.Method, request.URL.Path)
		switch {
		case !ok:
			writeProblem(writer, http.StatusNotFound, "The Joblens data source doesn't pass on "+request.Method+" "+request.URL.Path+".")
		case roleOf(backend.UserFromContext(request.Context())) < need:
			writeProblem(writer, http.StatusForbidden, "Your role in Grafana doesn't allow this: it takes an "+need.String()+".")
		case need > viewer && r.tokens.forNeed(need) == "" && r.tokens.read != "":
			writeProblem(writer, http.StatusForbidden, "The data source has no token for "+need.String()+"s. Set one in its settings.")
		case r.base == nil:
			writeProblem(writer, http.StatusBadGateway, reachProblem(errNoAddress, ""))
		default:
			proxy.ServeHTTP(writer, request)
		}
	})
}

func (n role) String() string {
	return [...]string{"viewer", "editor", "admin"}[n]
}

// rewrite aims a call at the service with the token that the call needs, and nothing of Grafana's own.
func (r *Relay) rewrite(request *httputil.ProxyRequest) {
	need, _ := needFor(request.In.Method, request.In.URL.Path)
	target := r.base.JoinPath(request.In.URL.Path)
	target.RawQuery = request.In.URL.RawQuery
	request.Out.URL = target
	request.Out.Host = ""
	request.Out.Header = http.Header{}
	passHeaders(request.Out.Header, request.In.Header)
	identify(request.Out.Header, r.tokens.forNeed(need), backend.UserFromContext(request.In.Context()))
}

// modifyResponse keeps the service's cookies from the browser, and its 401 too: Grafana's front end takes a 401 for the
// end of its own session and logs the person out.
func modifyResponse(response *http.Response) error {
	response.Header.Del("Set-Cookie")
	if response.StatusCode != http.StatusUnauthorized {
		return nil
	}
	defer func() { _ = response.Body.Close() }()
	return refusal(response.StatusCode, nil)
}

func (r *Relay) proxyError(writer http.ResponseWriter, _ *http.Request, err error) {
	failed := r.failure(err)
	status := int(failed.Status)
	if status == http.StatusUnauthorized {
		status = http.StatusBadGateway
	}
	writeProblem(writer, status, failed.Error.Error())
}

// writeProblem answers as the service does. Grafana's front end shows `message`.
func writeProblem(writer http.ResponseWriter, status int, detail string) {
	writer.Header().Set("Content-Type", "application/problem+json")
	writer.WriteHeader(status)
	_ = json.NewEncoder(writer).Encode(map[string]any{
		"type": "about:blank", "title": http.StatusText(status), "status": status, "detail": detail, "message": detail,
	})
}
