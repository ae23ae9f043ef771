package dev.openaigateway.config;

/**
 * @param token             what administrators send; blank: only loopback peers are answered
 * @param allowLocalTargets whether the admin API may point an instance at a loopback or link-local address
 * @param watchFiles        whether a change of the settings files on disk is taken up
 * @param errorBodyMaxBytes how much of an upstream's error body may show in logs and in {@code attempts}
 */
public record AdminSettings(Secret token, boolean allowLocalTargets, boolean watchFiles, int errorBodyMaxBytes) {
}
