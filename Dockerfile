# The base images by digest, so that the same sources give the same image: Maven 3.9.16, Java 25.0.4. For an update, take the digests
# of the tags maven:3.9-eclipse-temurin-25 and eclipse-temurin:25-jre.
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25@sha256:93b8a14ea2f412782e4e842651273b4d903e35cc496284f178fbbe2d67d00976
ARG JAVA_IMAGE=eclipse-temurin:25-jre@sha256:bb036ed6cfdc57e3da7c22634d15f1b840d2caf76183861c80e81ca4b5104abb

# Build: the gateway's jar, its libraries, and the bill of materials.
FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY pom.xml application.properties application-dev.properties LICENSE ./
COPY routes routes
COPY src/main src/main
RUN --mount=type=cache,target=/maven mvn -B -q -Dmaven.repo.local=/maven -Dmaven.test.skip=true package

# Start-up cache: recorded under traffic, with the Java that will run the gateway. The training fails if a request does.
FROM ${JAVA_IMAGE} AS cache
WORKDIR /gateway
COPY --from=build /build/target/openai-gateway.jar ./
COPY --from=build /build/target/lib lib
RUN java -XX:AOTCacheOutput=gateway.aot -cp openai-gateway.jar dev.openaigateway.app.Training > training.log 2>&1 \
    || { cat training.log; exit 1; }; rm training.log && test -s gateway.aot

FROM ${JAVA_IMAGE}
WORKDIR /gateway
COPY --from=cache /gateway ./
# Route files, settings and properties come from the jar, unless you mount files of the same name below /gateway.
COPY ext ext
# The licence, and the bill of materials (CycloneDX) with the licence of each library.
COPY --from=build /build/LICENSE /build/target/bom.json licenses/
# Folders for log files that settings name relative to the working directory, and for changes over the admin API.
RUN install -d -o 10001 -g 10001 /logs /gateway/logs /gateway/overlay
# G1 whatever the container's limits: below 1.8 GB or two CPUs Java takes the serial collector, which keeps all memory that it once had. Another
# collector in _JAVA_OPTIONS has precedence. The heap starts small, grows by small regions (Java takes up to 32 MB if the container has no limit)
# and gives back what it does not need. Marking starts late: by default it would never end, because live objects fill half of so small a heap.
# Netty reserves buffers in pieces of 512 KB instead of 4 MB; glibc would keep a heap for each thread.
ENV HOST=0.0.0.0 PORT=3010 MALLOC_ARENA_MAX=2
USER 10001:10001
EXPOSE 3010
STOPSIGNAL SIGTERM
# Costs next to nothing over HTTP; a gateway with TLS is asked by a small Java program.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${PORT} || exit 1; printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3; read -r status <&3; case $status in HTTP*' 200 '*) exit 0;; HTTP*) exit 1;; esac; exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx16m -cp openai-gateway.jar dev.openaigateway.tools.HealthCommand"]
ENTRYPOINT ["java", "-XX:AOTCache=gateway.aot", "-XX:MaxRAMPercentage=75", "-Xms16m", "-XX:+AlwaysActAsServerClassMachine", "-XX:G1HeapRegionSize=2m", "-XX:InitiatingHeapOccupancyPercent=85", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=15", "-XX:G1PeriodicGCInterval=10000", "-XX:TrimNativeHeapInterval=5000", "-Dio.netty.allocator.maxOrder=6", "-XX:+ExitOnOutOfMemoryError", "-cp", "openai-gateway.jar", "dev.openaigateway.app.Gateway"]
