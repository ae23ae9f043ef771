package dev.openaigateway.stats;

import java.time.Instant;

/**
 * Which finished requests to list, newest first. A filter that is null admits all.
 *
 * @param model      the model's name as the client sent it
 * @param instance   the instance that sent the response
 * @param statusFrom the lowest status
 * @param statusTo   the highest status
 * @param since      the earliest end of a request
 * @param limit      the most requests to list, at least 1
 * @param cursor     continues an earlier list; null for the beginning
 */
public record RequestQuery(String client, String model, String instance, int statusFrom, int statusTo, Instant since, int limit, String cursor) {

    boolean admits(UsageRecord usage) {
        return (client == null || client.equals(usage.client()))
                && (model == null || model.equals(usage.model()))
                && (instance == null || instance.equals(usage.instance()))
                && usage.status() >= statusFrom && usage.status() <= statusTo
                && !usage.time().isBefore(since);
    }
}
