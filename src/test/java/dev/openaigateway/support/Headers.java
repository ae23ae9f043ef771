package dev.openaigateway.support;

import java.util.ArrayList;
import java.util.List;

/** Header lines in the order they came, doubled ones included; names are compared without case. */
public record Headers(List<Header> lines) {

    public Headers {
        lines = List.copyOf(lines);
    }

    /** The first value of that name, or null. */
    public String first(String name) {
        return all(name).stream().findFirst().orElse(null);
    }

    public List<String> all(String name) {
        return lines.stream().filter(line -> line.name().equalsIgnoreCase(name)).map(Header::value).toList();
    }

    public boolean has(String name) {
        return first(name) != null;
    }

    /** True when a header of that name holds the token, as in {@code Connection: close}. */
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
