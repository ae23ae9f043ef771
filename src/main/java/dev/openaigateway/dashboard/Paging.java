package dev.openaigateway.dashboard;

import dev.openaigateway.admin.AdminRequest;
import dev.openaigateway.openai.Errors;

import java.util.List;

/** The part of a list that a request selects. */
record Paging(int offset, int limit) {

    private static final int MOST = 1000;

    /** Reads the query parameters {@code offset} and {@code limit}; 400 if one is not valid. */
    static Paging of(AdminRequest request, int defaultLimit) {
        return new Paging(within(request, "offset", 0, Integer.MAX_VALUE), within(request, "limit", defaultLimit, MOST));
    }

    private static int within(AdminRequest request, String name, int defaultValue, int most) {
        int value = request.number(name, defaultValue);
        if (value < 0 || value > most) {
            throw Errors.invalid(name, "invalid_value", name + " must be from 0 to " + most + ".").exception();
        }
        return value;
    }

    <T> List<T> of(List<T> all) {
        return all.stream().skip(offset).limit(limit).toList();
    }
}
