package relay

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// tail sends lines of one run as frames and remembers how far it came.
type tail struct {
	run    tailedRun
	sender *backend.StreamSender
	// after is the arrival number of the last line that was sent.
	after string
}

// line is a log line as the service streams it; see `lineAnswer` of its API.
type line struct {
	Arrival string    `json:"arrival"`
	Seq     *uint64   `json:"seq"`
	Time    time.Time `json:"time"`
	Level   string    `json:"level"`
	Message string    `json:"message"`
	Stream  string    `json:"stream"`
	Step    string    `json:"step"`
}

// send makes one frame of a batch. The schema goes along every time: who joins later has seen none.
func (t *tail) send(batch []event) error {
	lines := make([]line, 0, len(batch))
	for _, event := range batch {
		var each line
		if err := json.Unmarshal([]byte(event.data), &each); err != nil {
			log.DefaultLogger.Warn("A line of a live tail can't be read and is left out", "run", t.run.Key, "error", err)
			continue
		}
		lines = append(lines, each)
	}
	if len(lines) > 0 {
		if err := t.sender.SendFrame(lineFrame(t.run, lines), data.IncludeAll); err != nil {
			return err
		}
	}
	if len(batch) > 0 {
		t.after = batch[len(batch)-1].id
	}
	return nil
}

// lineFrame has the fields of Grafana's log-lines contract, as the question `lines` answers them.
func lineFrame(run tailedRun, lines []line) *data.Frame {
	frame := data.NewFrameOfFieldTypes("lines", len(lines),
		data.FieldTypeTime, data.FieldTypeString, data.FieldTypeString, data.FieldTypeString, data.FieldTypeJSON)
	_ = frame.SetFieldNames("timestamp", "body", "severity", "id", "labels") // five names for five fields
	frame.Meta = &data.FrameMeta{
		Type:                   data.FrameTypeLogLines,
		TypeVersion:            data.FrameTypeVersion{0, 0},
		PreferredVisualization: data.VisTypeLogs,
	}
	// The ids are those of the question: a panel that shows both must know one line when it sees it twice.
	for row, each := range lines {
		frame.SetRow(row, each.Time.Add(each.place()), each.Message, each.Level, run.Key+"-"+each.Arrival, each.labels(run))
	}
	return frame
}

// place is where the line stands among those of its millisecond, as nanoseconds that nobody sees: Grafana sorts by time
// and knows lines by it. The question gives the same.
func (l line) place() time.Duration {
	if l.Seq != nil {
		return time.Duration(*l.Seq % 1_000_000)
	}
	arrival, _ := strconv.ParseUint(l.Arrival, 10, 64) // the service writes nothing else
	return time.Duration(arrival % 1_000_000)
}

func (l line) labels(run tailedRun) json.RawMessage {
	labels := map[string]string{"job": run.Job, "run": run.Run, "key": run.Key, "level": l.Level}
	if l.Stream != "" {
		labels["stream"] = l.Stream
	}
	if l.Step != "" {
		labels["step"] = l.Step
	}
	encoded, _ := json.Marshal(labels) // a map of strings can't fail
	return encoded
}
