package dev.openaigateway.tokens;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Closes the reservations of one request together, so that their store is asked once. For one thread. */
public final class Closing {

    private record Book(TokenLimiter limiter, Decision.Place place) {
    }

    private final Map<Book, List<Settlement>> books = new HashMap<>(2);

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
        books.forEach((book, settlements) -> book.limiter().correct(book.place(), settlements));
        books.clear();
    }

    /** A store takes each scope once in a step, so one that comes twice begins another. */
    private void add(Reservation reservation, List<Settlement> corrections) {
        Book book = new Book(reservation.limiter(), reservation.place());
        List<Settlement> settlements = books.computeIfAbsent(book, first -> new ArrayList<>(4));
        boolean known = corrections.stream().anyMatch(
                correction -> settlements.stream().anyMatch(earlier -> earlier.scope().equals(correction.scope())));
        if (known) {
            book.limiter().correct(book.place(), List.copyOf(settlements));
            settlements.clear();
        }
        settlements.addAll(corrections);
    }
}
