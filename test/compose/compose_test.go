// Package compose reads docker-compose.yml as Docker Compose itself does; nothing here starts a container.
package compose

import (
	"context"
	"slices"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

// load gives what `docker compose --profile … config` shows. It fails where Compose would refuse the file.
func load(t *testing.T, profiles ...string) *types.Project {
	t.Helper()
	options, err := cli.NewProjectOptions([]string{"../../docker-compose.yml"}, cli.WithProfiles(profiles))
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return project
}

func TestServicesOfEachProfile(t *testing.T) {
	single := []string{"clickhouse", "grafana", "joblens", "tokens"}
	cluster := []string{"balancer", "clickhouse-1", "clickhouse-2", "clickhouse-3", "clickhouse-4", "grafana-cluster", "joblens-1", "joblens-2", "keeper"}
	for profile, more := range map[string][]string{"": nil, "smoke": {"smoke"}, "cluster": cluster} {
		want := append(slices.Clone(single), more...)
		slices.Sort(want)
		if got := load(t, profile).ServiceNames(); !slices.Equal(got, want) {
			t.Errorf("profile %q starts %v, expected %v", profile, got, want)
		}
	}
}

func TestAllCanRunBesideEachOther(t *testing.T) {
	published := map[string]string{}
	for name, service := range load(t, "smoke", "cluster").Services {
		for _, port := range service.Ports {
			if port.HostIP != "127.0.0.1" {
				t.Errorf("%s is reached at port %s from other machines", name, port.Published)
			}
			if other, isTaken := published[port.Published]; isTaken {
				t.Errorf("%s and %s both want port %s", name, other, port.Published)
			}
			published[port.Published] = name
		}
	}
}

func TestOnlyServicesReachClickHouse(t *testing.T) {
	project := load(t, "cluster")
	if !project.Networks["store"].Internal {
		t.Error("the network of ClickHouse leads outside")
	}
	for name, service := range project.Services {
		isStore := service.Image == "clickhouse/clickhouse-server:26.7" || service.Image == "clickhouse/clickhouse-keeper:26.7"
		_, isOutside := service.Networks["default"]
		if isStore && (isOutside || len(service.Ports) > 0) {
			t.Errorf("%s is reached from outside", name)
		}
	}
}
