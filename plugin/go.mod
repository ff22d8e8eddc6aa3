module github.com/joblens/joblens/plugin

go 1.26.5

require (
	github.com/grafana/grafana-plugin-sdk-go v0.298.0 // indirect
	github.com/magefile/mage v1.17.2 // indirect
)
