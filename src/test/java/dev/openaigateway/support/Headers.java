package dev.openaigateway.support;

import java.util.ArrayList;
import java.util.List;

/** Header lines in the order received, including repeated ones. Names are case-insensitive. */
public record Headers(List<Header> lines) {

    public Headers {
        lines = List.copyOf(lines);
    }

    /** The first value of the header, or null. */
    public String first(String name) {
        return all(name).stream().findFirst().orElse(null);
    }

    public List<String> all(String name) {
        return lines.stream().filter(line -> line.name().equalsIgnoreCase(name)).map(Header::value).toList();
    }

    public boolean has(String name) {
        return first(name) != null;
    }

    /** Whether a header of that name contains the token, as in {@code Connection: close}. */
    public boolean says(String name, String token) {
        return all(name).stream().flatMap(value -> List.of(value.split(",")).stream())
                .anyMatch(part -> part.strip().equalsIgnoreCase(token));
    }

    Headers with(String name, String value) {
        List<Header> more = new ArrayList<>(lines);
        more.add(new Header(name, value));
        return new Headers(more);
    }
}
