package dev.openaigateway.bench;

import dev.openaigateway.support.RedisProcess;

import java.util.ArrayList;
import java.util.List;

/** The limiter row with windows on a local Redis, and the number of Redis round trips per request. */
final class RedisLimiterRow implements Row {

    private static final String LIMITER = "Redis limiter";
    private static final double RATIO = 0.7;
    private static final int REQUESTS = 500;
    private static final String SCRIPTS = "cmdstat_evalsha:calls=";

    @Override
    public String title() {
        return LIMITER + " on";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        try (RedisProcess redis = RedisProcess.started()) {
            String rateLimit = "{ enabled: true, tpm: 1000000000, redis_url: \"" + redis.url() + "\" }";
            try (GatewayUnderTest limited = GatewayUnderTest.start(setup.limited(rateLimit))) {
                List<Result> results = new ArrayList<>(new LimiterRow(LIMITER, rateLimit, RATIO).measure(setup, limited));
                results.add(roundTrips(limited, redis));
                return results;
            }
        }
    }

    /** Includes the gateway's heartbeat, one per second. */
    private Result roundTrips(GatewayUnderTest limited, RedisProcess redis) {
        ReadinessProbe probe = new ReadinessProbe(limited.target().port());
        long before = scripts(redis);
        for (int i = 0; i < REQUESTS; i++) {
            probe.send();
        }
        double each = (scripts(redis) - before) / (double) REQUESTS;
        return new Result(title() + ", round trips per request").value(Target.GATEWAY, "%.2f".formatted(each));
    }

    private static long scripts(RedisProcess redis) {
        String line = redis.lines("INFO commandstats").stream().filter(stat -> stat.startsWith(SCRIPTS)).findFirst()
                .orElseThrow(() -> new BrokenRunException("Redis ran no script"));
        return Long.parseLong(line.substring(SCRIPTS.length(), line.indexOf(',')));
    }
}
