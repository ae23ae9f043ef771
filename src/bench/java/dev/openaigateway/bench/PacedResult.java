package dev.openaigateway.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of the streams of {@link PacedClients}, which run in a process of their own.
 *
 * @param median in milliseconds, of the lateness of events
 * @param p99    in milliseconds
 * @param lost   number of events
 * @param why    how often which failure was seen; empty if none was
 */
record PacedResult(int completed, long events, long lost, double median, double p99, String why) {

    private static final String SEPARATOR = "\t";
    private static final int FIELDS = 6;

    /** Runs the clients with the arguments of {@link PacedClients#main}. */
    static PacedResult of(Target target, Integer... arguments) throws InterruptedException {
        List<String> command = Stream.concat(
                Stream.of(ChildJvm.java(), "-Xmx600m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), PacedClients.class.getName(),
                        Integer.toString(target.port())),
                Stream.of(arguments).map(Object::toString)).toList();
        try {
            Process process = Part.endWithUs(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
            try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line = out.readLine();
                process.waitFor();
                return parse(line);
            }
        } catch (IOException e) {
            throw new BrokenRunException("the clients of the streams", e);
        }
    }

    private static PacedResult parse(String line) {
        String[] fields = line == null ? new String[0] : line.split(SEPARATOR, FIELDS);
        if (fields.length < FIELDS || fields[0].equals("0")) {
            throw new BrokenRunException("no stream completed: " + line);
        }
        return new PacedResult(Integer.parseInt(fields[0]), Long.parseLong(fields[1]), Long.parseLong(fields[2]),
                Double.parseDouble(fields[3]), Double.parseDouble(fields[4]), fields[5]);
    }

    /** The line that {@link #of} reads. */
    String line() {
        return String.join(SEPARATOR, Integer.toString(completed), Long.toString(events), Long.toString(lost), Double.toString(median), Double.toString(p99), why);
    }
}
