package dev.openaigateway.config;

import java.util.Optional;

/**
 * @param level         one of TRACE, DEBUG, INFO, WARN, ERROR
 * @param file          also log to this file
 * @param maxSize       bytes at which the file is rolled over
 * @param backupCount   rolled files that are kept; 0: the file is never rolled over
 * @param feishuWebhook where alerts go as Feishu messages; blank: nowhere
 */
public record LoggingSettings(
        String level, Format format, Optional<String> file, long maxSize, int backupCount, Secret feishuWebhook) {

    public enum Format { TEXT, JSON }
}
