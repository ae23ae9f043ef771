package dev.openaigateway.security;

import dev.openaigateway.config.IpLiteral;

import java.net.InetAddress;
import java.util.Locale;

/** The host in a {@code Host} header, or in the authority of a URL. */
final class HostName {

    private HostName() {
    }

    /** The name or address without port and brackets, in lower case. */
    static String of(String authority) {
        String text = authority.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? text : text.substring(1, end);
        }
        int colon = text.lastIndexOf(':');
        String name = colon >= 0 && text.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9') ? text.substring(0, colon) : text;
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Whether the name always means this machine: {@code localhost}, names below it, and loopback addresses. */
    static boolean isOfThisMachine(String name) {
        return name.equals("localhost") || name.endsWith(".localhost") || isLoopback(name);
    }

    static boolean isLoopback(String address) {
        return IpLiteral.parse(address).filter(InetAddress::isLoopbackAddress).isPresent();
    }
}
