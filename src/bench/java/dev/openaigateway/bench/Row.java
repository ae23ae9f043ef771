package dev.openaigateway.bench;

import java.util.List;

/** One thing to measure; it may give several lines of the table. */
interface Row {

    String title();

    /** Throws {@link BrokenRunException} when there is nothing to tell. */
    List<Result> measure(Setup setup) throws InterruptedException;
}
