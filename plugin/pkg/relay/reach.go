package relay

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// reachProblem says in a person's words why the service gave no answer.
func reachProblem(err error, address string) string {
	var (
		unknownHost *net.DNSError
		authority   x509.UnknownAuthorityError
		hostname    x509.HostnameError
		notTLS      tls.RecordHeaderError
	)
	switch {
	case errors.Is(err, errNoAddress):
		return "The data source has no address. Give the address of the Joblens service, such as http://localhost:8080."
	case errors.As(err, &unknownHost):
		return fmt.Sprintf("Grafana's server doesn't know the host %q. Check the address; from inside a container, localhost is the container itself.", unknownHost.Name)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Sprintf("Nothing listens at %s. Is the service running, and reachable from Grafana's server? From inside a container, localhost is the container itself.", address)
	case errors.As(err, &authority), errors.As(err, &hostname):
		return fmt.Sprintf("The certificate of %s can't be trusted: %v.", address, errors.Unwrap(err))
	case errors.As(err, &notTLS), errors.Is(err, http.ErrSchemeMismatch):
		return fmt.Sprintf("%s doesn't speak HTTPS. Write http:// if the service has no certificate.", address)
	case errors.Is(err, context.DeadlineExceeded), os.IsTimeout(err):
		return fmt.Sprintf("%s didn't answer in time. Is it the right address, and does a firewall let Grafana's server through?", address)
	default:
		return fmt.Sprintf("%s can't be reached: %v.", address, err)
	}
}

// failure turns any error of a call into status, source and words for a query's answer.
func (r *Relay) failure(err error) backend.DataResponse {
	var refused *answerError
	if errors.As(err, &refused) {
		source := backend.ErrorSourceFromHTTPStatus(refused.status)
		return backend.ErrDataResponseWithSource(backend.Status(refused.status), source, refused.message)
	}
	status := backend.StatusBadGateway
	if errors.Is(err, context.DeadlineExceeded) || os.IsTimeout(err) {
		status = backend.StatusTimeout
	}
	return backend.ErrDataResponseWithSource(status, backend.ErrorSourceDownstream, reachProblem(err, r.address()))
}

func (r *Relay) address() string {
	if r.base == nil {
		return ""
	}
	return strings.TrimSuffix(r.base.String(), "/")
}
