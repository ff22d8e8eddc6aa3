package relay

import (
	"bufio"
	"context"
	"io"
	"strings"
	"time"
)

// maxEvent is the longest line of an event stream: a log line of 16 MB as JSON, at worst six bytes a character.
const maxEvent = 96 << 20

// event is one server-sent event.
type event struct {
	id   string
	data string
}

// readEvents reads server-sent events until the stream ends, then closes `events` and sends why on `failed`; nil where
// the server ended it.
func readEvents(ctx context.Context, stream io.Reader) (events <-chan event, failed <-chan error) {
	out := make(chan event, tailBatch)
	why := make(chan error, 1)
	go func() {
		defer close(out)
		why <- scanEvents(ctx, stream, out)
	}()
	return out, why
}

func scanEvents(ctx context.Context, stream io.Reader, out chan<- event) error {
	scanner := bufio.NewScanner(stream)
	scanner.Buffer(make([]byte, 0, 64<<10), maxEvent)
	var next event
	var data []string
	for scanner.Scan() {
		name, value, _ := strings.Cut(scanner.Text(), ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case name == "id":
			next.id = value
		case name == "data":
			data = append(data, value)
		case scanner.Text() == "" && len(data) > 0:
			next.data = strings.Join(data, "\n")
			select {
			case out <- next:
			case <-ctx.Done():
				return ctx.Err()
			}
			next, data = event{id: next.id}, nil
		}
	}
	return scanner.Err()
}

// nextBatch waits for an event and takes all that come within a short while with it; false once the stream has ended.
func nextBatch(events <-chan event) (batch []event, open bool) {
	one, open := <-events
	if !open {
		return nil, false
	}
	batch = append(batch, one)
	pause := time.NewTimer(tailPause)
	defer pause.Stop()
	for len(batch) < tailBatch {
		select {
		case one, open = <-events:
			if !open {
				return batch, false
			}
			batch = append(batch, one)
		case <-pause.C:
			return batch, true
		}
	}
	return batch, true
}
