package relay

import (
	"net/http"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// role is what a Grafana user may do here; a higher one includes the lower ones.
type role int

const (
	viewer role = iota
	editor
	admin
)

// roleOf reads a user's role in the organisation. Alert rules and other calls by Grafana itself have no user: they read.
func roleOf(user *backend.User) role {
	if user == nil {
		return viewer
	}
	switch strings.ToLower(user.Role) {
	case "admin":
		return admin
	case "editor":
		return editor
	default:
		return viewer
	}
}

// tokens are the service's tokens by who may use them.
type tokens struct {
	read     string
	annotate string
	admin    string
}

func readTokens(secrets map[string]string) tokens {
	clean := func(name string) string { return strings.TrimSpace(secrets[name]) }
	return tokens{read: clean("token"), annotate: clean("annotateToken"), admin: clean("adminToken")}
}

// forNeed picks the token for a call that needs a role: a viewer's call never carries more than the reading token,
// whoever makes it.
func (t tokens) forNeed(need role) string {
	switch need {
	case admin:
		return t.admin
	case editor:
		return first(t.annotate, t.admin)
	default:
		return t.read
	}
}

func first(values ...string) string {
	for _, value := range values {
		if value != "" {
			return value
		}
	}
	return ""
}

// allowed lists every call that a browser may make through the relay, and the role it needs. Names of jobs and runs
// stand in the query string, so a path is one of these or it is refused.
var allowed = map[string]role{
	"POST v1/query":                viewer,
	"GET v1/runs":                  viewer,
	"GET v1/run":                   viewer,
	"GET v1/run/lines":             viewer,
	"GET v1/run/steps":             viewer,
	"GET v1/run/records":           viewer,
	"GET v1/jobs":                  viewer,
	"GET v1/job":                   viewer,
	"GET v1/slos":                  viewer,
	"GET v1/me":                    viewer,
	"GET v1/about":                 viewer,
	"GET health/ready":             viewer,
	"PATCH v1/run":                 editor,
	"DELETE v1/run":                admin,
	"PUT v1/job":                   admin,
	"DELETE v1/job":                admin,
	"DELETE v1/users":              admin,
	"GET v1/rejected":              admin,
	"GET v1/audit":                 admin,
	"GET v1/tokens":                admin,
	"POST v1/tokens":               admin,
	"DELETE v1/tokens":             admin,
	"PUT v1/slos":                  admin,
	"GET v1/settings/replication":  admin,
	"PUT v1/settings/replication":  admin,
	"GET v1/settings/rules":        viewer,
	"PUT v1/settings/rules":        admin,
	"GET v1/settings/retention":    viewer,
	"PUT v1/settings/retention":    admin,
	"POST v1/replication/test":     admin,
	"POST v1/replication/backfill": admin,
}

// needFor gives the role that a call needs; false where no role may make it.
func needFor(method, path string) (role, bool) {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	need, ok := allowed[method+" "+strings.TrimPrefix(path, "/")]
	return need, ok
}
