/**
 * How each kind of upstream is called: the URL, the headers and the body of a request. Depends on {@code routing},
 * {@code call}, {@code openai} and {@code config}.
 */
package dev.openaigateway.provider;
