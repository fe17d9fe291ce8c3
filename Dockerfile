# Builds a static binary and puts it, alone, into an empty image: no shell, no
# root. The record is on the volume /data.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/samsvar ./cmd/samsvar \
 && mkdir -p /out/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/samsvar /samsvar
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
ENV SAMSVAR_DB=/data/samsvar.db
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["/samsvar"]
CMD ["serve"]
