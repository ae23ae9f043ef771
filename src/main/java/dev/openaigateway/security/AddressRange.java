package dev.openaigateway.security;

import java.util.Optional;

/** Addresses that share a prefix, as CIDR writes them: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address. */
final class AddressRange {

    private final IpAddress first;
    private final int prefix;

    private AddressRange(IpAddress first, int prefix) {
        this.first = first;
        this.prefix = prefix;
    }

    /** @throws IllegalArgumentException when the text is neither an address nor a CIDR range; host names are not */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        Optional<IpAddress> address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        int bits = address.map(IpAddress::bits).orElse(0);
        int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1));
        if (address.isEmpty() || prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("clients.trusted_proxies: '" + text
                    + "' is neither an IP address nor a CIDR range such as 10.0.0.0/8");
        }
        return new AddressRange(address.get(), prefix);
    }

    boolean contains(IpAddress address) {
        return first.sharesPrefix(address, prefix);
    }

    private static int prefix(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }
}
