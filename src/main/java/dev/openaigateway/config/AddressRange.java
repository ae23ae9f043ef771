package dev.openaigateway.config;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A CIDR range of IP addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}, or a single address. Immutable. */
public final class AddressRange {

    private final IpSubnetFilterRule rule;

    private AddressRange(InetAddress first, int prefix) {
        rule = new IpSubnetFilterRule(first, prefix, IpFilterRuleType.ACCEPT);
    }

    /**
     * Reads an address or a CIDR range.
     *
     * @throws IllegalArgumentException if the text is neither; host names and zones are refused
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        InetAddress first = literal.indexOf('%') < 0 ? IpLiteral.parse(literal).orElse(null) : null;
        int bits = first == null ? -1 : first.getAddress().length * Byte.SIZE;
        int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("'" + text + "' is neither an IP address nor a CIDR range such as 10.0.0.0/8");
        }
        return new AddressRange(first, prefix);
    }

    /** Whether the address is in this range; false if it is of the other IP version. */
    public boolean contains(InetAddress address) {
        return rule.matches(new InetSocketAddress(address, 0));
    }

    private static int prefix(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }
}
