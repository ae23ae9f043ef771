package dev.openaigateway.config;

import java.util.Optional;

/**
 * @param level         one of TRACE, DEBUG, INFO, WARN, ERROR
 * @param file          log file, in addition to the console; empty: none
 * @param maxSize       size in bytes at which the file is rolled over
 * @param backupCount   number of rolled files kept; 0: the file is never rolled over
 * @param feishuWebhook URL to which alerts are sent as Feishu messages; blank: none are sent
 */
public record LoggingSettings(
        String level, Format format, Optional<String> file, long maxSize, int backupCount, Secret feishuWebhook) {

    public enum Format { TEXT, JSON }
}
