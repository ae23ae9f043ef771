package dev.openaigateway.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** An nginx reverse proxy without buffering, in one process: a worker of its own could outlive it, and the build would wait for that. */
final class NginxProcess implements Part {

    private static final String CONF = """
            daemon off; master_process off; pid nginx.pid; error_log stderr;
            events { worker_connections 32768; }
            http {
              access_log off; client_max_body_size 16m; client_body_buffer_size 2m; keepalive_requests 1000000;
              upstream bench { server 127.0.0.1:%d; keepalive 512; keepalive_requests 1000000; }
              server {
                listen 127.0.0.1:%d backlog=4096;
                location / {
                  proxy_pass http://bench; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off;
                }
              }
            }
            """;

    private final Process process;
    private final int port;

    private NginxProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Empty if nginx is not installed. */
    static Optional<NginxProcess> start(int upstreamPort) throws InterruptedException {
        Optional<Path> binary = Stream.of((System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "nginx")).filter(Files::isExecutable).findFirst();
        if (binary.isEmpty()) {
            return Optional.empty();
        }
        int port = FreePort.find();
        try {
            Path folder = Files.createTempDirectory("nginx-bench");
            Path conf = Files.writeString(folder.resolve("nginx.conf"), CONF.formatted(upstreamPort, port));
            Process process = Part.endWithUs(new ProcessBuilder(
                    binary.get().toString(), "-p", folder.toString(), "-c", conf.toString()).inheritIO().start());
            new ReadinessProbe(port).awaitResponse(process);
            return Optional.of(new NginxProcess(process, port));
        } catch (IOException e) {
            throw new BrokenRunException("start of nginx", e);
        }
    }

    Target target() {
        return new Target(Target.NGINX, port);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
