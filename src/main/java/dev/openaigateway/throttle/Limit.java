package dev.openaigateway.throttle;

/**
 * One limit of the settings.
 *
 * @param scope      names its window
 * @param kind       {@code gateway}, {@code client}, {@code instance} or {@code model}
 * @param name       of the client or the instance; {@code gateway} for that of all
 * @param model      the model that it limits; null for all
 * @param ofRequests whether it counts requests, not tokens
 * @param perMinute  at least 1
 */
record Limit(String scope, String kind, String name, String model, boolean ofRequests, long perMinute) {

    String fullName() {
        return model == null ? name : name + "/" + model;
    }

    String unit() {
        return ofRequests ? "requests" : "tokens";
    }
}
