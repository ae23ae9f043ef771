package dev.openaigateway.config;

/**
 * @param token             the token that administrators send; blank: only loopback peers are allowed
 * @param monitorToken      a token that may look at everything and change nothing; blank: there is none
 * @param allowLocalTargets whether the admin API may point an instance at a loopback or link-local address
 * @param watchFiles        whether changes of the settings files on disk are applied while the gateway runs
 * @param errorBodyMaxBytes maximum number of bytes of an upstream's error body shown in logs and in {@code attempts}
 */
public record AdminSettings(Secret token, Secret monitorToken, boolean allowLocalTargets, boolean watchFiles, int errorBodyMaxBytes) {
}
