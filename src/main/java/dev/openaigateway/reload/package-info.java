/**
 * Applies new settings and routing rules to the running gateway, from a request of the admin API or a changed file. A
 * version that is not valid changes nothing. Depends on the packages whose state follows the settings.
 */
package dev.openaigateway.reload;
