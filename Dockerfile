# Two images from one source: `service` (Joblens) and `grafana` (Grafana with the plugin baked in).

FROM node:22-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
COPY ingest/package.json ingest/
COPY plugin/package.json plugin/
# Not `npm ci`: the lock file may lack the native packages of other platforms than the one it was written on.
RUN npm install --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:22-bookworm-slim AS modules
WORKDIR /src
COPY package.json package-lock.json ./
COPY ingest/package.json ingest/
COPY plugin/package.json plugin/
# The embedded engine, an optional dependency, stays out: a ClickHouse server stands beside this image.
RUN npm install --workspace ingest --omit=dev --omit=optional --no-audit --no-fund

FROM golang:1.26-bookworm AS relay
WORKDIR /src
COPY plugin/go.mod plugin/go.sum ./
RUN go mod download
COPY plugin/pkg pkg
RUN GOOS=linux CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" \
    -o /out/gpx_joblens_history_linux_$(go env GOARCH) ./pkg

FROM node:22-bookworm-slim AS service
ENV NODE_ENV=production JOBLENS_HOST=0.0.0.0 JOBLENS_PORT=8080 JOBLENS_DATA=/var/lib/joblens
WORKDIR /opt/joblens
COPY --from=modules /src/node_modules node_modules
COPY package.json ./
COPY --from=build /src/ingest ingest
COPY --from=build /src/plugin/dist plugin/dist
COPY --from=build /src/plugin/dist-page plugin/dist-page
COPY scripts/tokens.mjs scripts/
RUN install -d -o node -g node -m 0700 /var/lib/joblens
USER node
VOLUME /var/lib/joblens
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD \
  ["node", "-e", "fetch('http://127.0.0.1:8080/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "ingest/bin/joblens.js"]
CMD ["serve", "--no-demo"]

FROM grafana/grafana:12.3.3 AS grafana
# Not under /var/lib/grafana: a volume there would hide it.
ENV GF_PATHS_PLUGINS=/opt/joblens/plugins \
    GF_PATHS_PROVISIONING=/opt/joblens/provisioning \
    GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS=joblens-history-app,joblens-history-datasource,joblens-history-panel \
    JOBLENS_DASHBOARDS=/opt/joblens/plugins/joblens-history-app/dashboards
COPY --from=build /src/plugin/dist /opt/joblens/plugins/joblens-history-app
COPY --from=relay /out/ /opt/joblens/plugins/joblens-history-app/datasource/
COPY provisioning /opt/joblens/provisioning
