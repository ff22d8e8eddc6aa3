package relay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// maxAnswer bounds what is read into memory of one answer.
const maxAnswer = 256 << 20

var errNoAddress = errors.New("the data source has no address: give the address of the Joblens service, such as http://localhost:8080")

// call is one request to the service.
type call struct {
	method string
	path   string
	params url.Values
	body   []byte
	token  string
	user   *backend.User
	// headers of the request from Grafana, of which only a known few go on.
	headers http.Header
	// after resumes an event stream behind the event of this id.
	after string
}

// problem is what the service answers when it refuses: RFC 9457 problem details.
type problem struct {
	Title  string `json:"title"`
	Detail string `json:"detail"`
}

// answerError is a refusal by the service, with its HTTP status and its own words.
type answerError struct {
	status  int
	message string
}

func (e *answerError) Error() string { return e.message }

// do makes a call and gives the whole body of a 200; a refusal is an *answerError.
func (r *Relay) do(ctx context.Context, c call) ([]byte, error) {
	response, err := r.send(ctx, c)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the answer of Joblens: %w", err)
	case len(body) > maxAnswer:
		return nil, &answerError{http.StatusBadGateway, "the answer of Joblens is over 256 MB: narrow the time range, or set a limit"}
	case response.StatusCode != http.StatusOK:
		return nil, refusal(response.StatusCode, body)
	}
	return body, nil
}

// send makes a call and gives the response whatever its status; the caller closes its body.
func (r *Relay) send(ctx context.Context, c call) (*http.Response, error) {
	if r.base == nil {
		return nil, errNoAddress
	}
	target := r.base.JoinPath(c.path)
	target.RawQuery = c.params.Encode()
	request, err := http.NewRequestWithContext(ctx, c.method, target.String(), bytes.NewReader(c.body))
	if err != nil {
		return nil, fmt.Errorf("make a request: %w", err)
	}
	passHeaders(request.Header, c.headers)
	if len(c.body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	if c.after != "" {
		request.Header.Set("Last-Event-ID", c.after)
	}
	identify(request.Header, c.token, c.user)
	return r.client.Do(request)
}

// identify says who asks: the token for the service, login and role for its audit trail.
func identify(header http.Header, token string, user *backend.User) {
	if token != "" {
		header.Set("Authorization", "Bearer "+token)
	}
	if user != nil {
		header.Set("X-Joblens-User", url.PathEscape(user.Login))
		header.Set("X-Joblens-Role", user.Role)
	}
}

// passHeaders copies what the service has a use for. All else stays here: cookies and Grafana's own authorisation above
// all.
func passHeaders(to, from http.Header) {
	for name, values := range from {
		name = http.CanonicalHeaderKey(name)
		switch {
		case strings.HasPrefix(name, "X-Rule-"):
		case name == "Fromalert", name == "Accept", name == "Content-Type", name == "Prefer", name == "Idempotency-Key":
		default:
			continue
		}
		to[name] = values
	}
}

// grafanaHeaders reads the headers of a query: those of a browser's request carry a prefix, those that alerting sets
// don't.
func grafanaHeaders(given map[string]string) http.Header {
	headers := http.Header{}
	for name, value := range given {
		headers.Set(strings.TrimPrefix(name, "http_"), value)
	}
	return headers
}

// refusal reads the words of an answer that is not 200.
func refusal(status int, body []byte) *answerError {
	var said problem
	_ = json.Unmarshal(body, &said) // not JSON: not from Joblens, the words below do
	words := first(said.Detail, said.Title)
	switch status {
	case http.StatusUnauthorized:
		words = first(words, "no token, or one that it doesn't know")
		return &answerError{status, "Joblens refuses the data source's token: " + words + ". Set a token with the scope read in the data source's settings."}
	case http.StatusForbidden:
		words = first(words, "the scope is missing")
		return &answerError{status, "The data source's token may not do this: " + words}
	}
	if words == "" {
		words = fmt.Sprintf("Joblens answered %d %s. Is the data source's address that of a Joblens service?", status, http.StatusText(status))
	}
	return &answerError{status, words}
}
