package dev.openaigateway.config;

import io.netty.util.NetUtil;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Parses IP address literals. Never resolves a name. */
public final class IpLiteral {

    private IpLiteral() {
    }

    /**
     * Empty unless the text is an IPv4 or IPv6 literal. A zone ({@code %eth0}) is ignored, and IPv4 inside IPv6 counts as
     * IPv4. Octets with leading zeros are refused, since some systems read them as octal.
     */
    public static Optional<InetAddress> parse(String text) {
        int zone = text.indexOf('%');
        String literal = zone < 0 ? text : text.substring(0, zone);
        if (literal.startsWith("[") || !NetUtil.isValidIpV4Address(literal) && !NetUtil.isValidIpV6Address(literal)) {
            return Optional.empty();
        }
        try {
            // The JDK does not resolve literals.
            InetAddress address = InetAddress.getByName(literal);
            return literal.indexOf(':') < 0 && !address.getHostAddress().equals(literal) ? Optional.empty() : Optional.of(address);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
