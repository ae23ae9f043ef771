package dev.openaigateway.bench;

import java.util.List;

/** One measurement; it may produce several lines of the table. */
interface Row {

    String title();

    /** @throws BrokenRunException if nothing could be measured */
    List<Result> measure(Setup setup) throws InterruptedException;
}
