package dev.openaigateway.support;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Assumptions;
import org.tukaani.xz.XZInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A real PostgreSQL server on a free port that can be made to fail. Its port and its data survive a restart. */
public final class PostgresProcess implements AutoCloseable {

    public static final String USER = "postgres";
    public static final String PASSWORD = "s3cret";

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    /** PostgreSQL refuses to run as root. Root therefore runs it as user 65534, or in a namespace without root. */
    private static final List<List<String>> USERS = List.of(List.of(),
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), List.of("unshare", "--user"));

    private final int port = FreePort.next();
    private final Path folder;
    private final List<String> user;
    private Process process;

    private PostgresProcess(Path folder, List<String> user) {
        this.folder = folder;
        this.user = user;
    }

    /** Skips the test if PostgreSQL cannot run. */
    public static PostgresProcess started() {
        PostgresProcess postgres = stopped();
        postgres.start();
        return postgres;
    }

    /** Has a port, but nothing listens there yet. Skips the test if PostgreSQL cannot run. */
    public static PostgresProcess stopped() {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64"),
                "the tests bring a PostgreSQL for Linux on x86-64 only");
        try {
            Path folder = TemporaryFolder.make("postgres");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            unpack(folder);
            Files.writeString(folder.resolve("password"), PASSWORD);
            for (List<String> user : USERS) {
                if (succeeds(folder, command(user, folder, "initdb", "--no-sync", "--no-locale", "--encoding=UTF8", "--auth=scram-sha-256",
                        "--username=" + USER, "--pwfile=" + folder.resolve("password")))) {
                    return new PostgresProcess(folder, user);
                }
            }
            String log = Files.readString(folder.resolve("log"));
            delete(folder);
            return Assumptions.abort("PostgreSQL runs as no user of this machine: " + log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the server and waits until it responds. Has no effect while it runs. */
    public void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        try {
            process = new ProcessBuilder(command(user, folder, "postgres", "-p", Integer.toString(port), "-F",
                    "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="))
                    .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Eventually.holds("PostgreSQL responds or ends", () -> responds() || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("PostgreSQL did not start; see " + folder.resolve("log"));
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Stops the server, which closes every connection, and waits until it has ended. */
    public void stop() {
        signal("INT", Stream.of(process.toHandle()));
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Suspends the server: its connections stay open but get no response (SIGSTOP). */
    public void pause() {
        signal("STOP", all());
    }

    public void resume() {
        signal("CONT", all());
    }

    /** Runs a statement and returns the first column of its result; empty if it has no result. */
    public List<String> run(String sql) {
        List<String> column = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url(), USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    column.add(rows.getString(1));
                }
            }
            return column;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            resume();
            stop();
        }
        delete(folder);
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    private boolean responds() {
        try {
            return run("select 1").equals(List.of("1"));
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private static void signal(String name, Stream<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(each -> command.add(Long.toString(each.pid())));
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(List<String> user, Path folder, String program, String... options) {
        List<String> command = new ArrayList<>(user);
        command.addAll(List.of(folder.resolve("bin").resolve(program).toString(), "-D", folder.resolve("data").toString()));
        command.addAll(List.of(options));
        return command;
    }

    private static boolean succeeds(Path folder, List<String> command) {
        try {
            return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile()).start().waitFor() == 0;
        } catch (IOException notHere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void unpack(Path folder) throws IOException {
        try (InputStream packed = PostgresProcess.class.getResourceAsStream(ARCHIVE);
                TarArchiveInputStream archive = new TarArchiveInputStream(new XZInputStream(packed), StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                Path target = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(archive, target);
                    target.toFile().setExecutable((entry.getMode() & 1) == 1, false);
                }
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
