/** An upstream inside the gateway that returns made-up completions, so that the gateway works without any keys. */
package dev.openaigateway.demo;
