package dev.openaigateway.throttle;

import dev.openaigateway.call.LimitReading;
import dev.openaigateway.call.LimitReadings;
import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.Decision;
import dev.openaigateway.ratelimit.Reservation;

import java.util.List;

/** Fills the limit readings that go to the client as {@code x-ratelimit-*} headers. */
final class LimitReporter {

    private LimitReporter() {
    }

    /** Adds the limits of the client and the gateway. */
    static void show(LimitReadings readings, Reservation reservation) {
        List<Long> remaining = reservation.remaining();
        for (int i = 0; i < remaining.size(); i++) {
            add(readings, reservation.charges().get(i).unit(), reading(reservation, i));
        }
    }

    static void show(LimitReadings readings, Decision.Refused refusal) {
        add(readings, refusal.charge().unit(), reading(refusal));
    }

    /** The tightest token limit of an instance; null if there is none, or no store was charged. */
    static LimitReading reading(Reservation reservation) {
        LimitReading tightest = null;
        for (int i = 0; i < reservation.remaining().size(); i++) {
            if (reservation.charges().get(i).unit() != Charge.Unit.REQUESTS) {
                LimitReading each = reading(reservation, i);
                tightest = each.isTighterThan(tightest) ? each : tightest;
            }
        }
        return tightest;
    }

    static LimitReading reading(Decision.Refused refusal) {
        return new LimitReading(refusal.charge().limit(), refusal.remaining(), refusal.waitMillis().orElse(-1));
    }

    private static LimitReading reading(Reservation reservation, int charge) {
        return new LimitReading(reservation.charges().get(charge).limit(), reservation.remaining().get(charge),
                reservation.resetMillis());
    }

    private static void add(LimitReadings readings, Charge.Unit unit, LimitReading reading) {
        if (unit == Charge.Unit.REQUESTS) {
            readings.addRequests(reading);
        } else {
            readings.addTokens(reading);
        }
    }
}
