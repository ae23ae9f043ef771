/**
 * Serves images that a provider returned inline under the gateway's own address, for clients that requested a URL. Depends
 * on {@code routing}, {@code call} and {@code openai}.
 */
package dev.openaigateway.images;
