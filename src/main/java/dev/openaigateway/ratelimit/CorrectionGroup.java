package dev.openaigateway.ratelimit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settles the reservations of one request together, with one call per store. For one thread. */
public final class CorrectionGroup {

    private record Book(TokenLimiter limiter, Decision.Location location) {
    }

    private final Map<Book, List<Correction>> books = new HashMap<>(2);

    /** As {@link Reservation#settle}, but told to the store at the end. */
    public void settle(Reservation reservation, long used) {
        add(reservation, reservation.settled(used));
    }

    /** As {@link Reservation#giveBack}, but told to the store at the end. */
    public void giveBack(Reservation reservation) {
        add(reservation, reservation.givenBack());
    }

    /** Tells the stores; returns at once. */
    public void end() {
        books.forEach((book, collected) -> book.limiter().correct(book.location(), collected));
        books.clear();
    }

    /** A store takes each scope once in a step, so one that comes twice begins another. */
    private void add(Reservation reservation, List<Correction> corrections) {
        Book book = new Book(reservation.limiter(), reservation.location());
        List<Correction> collected = books.computeIfAbsent(book, first -> new ArrayList<>(4));
        boolean known = corrections.stream().anyMatch(
                correction -> collected.stream().anyMatch(earlier -> earlier.scope().equals(correction.scope())));
        if (known) {
            book.limiter().correct(book.location(), List.copyOf(collected));
            collected.clear();
        }
        collected.addAll(corrections);
    }
}
