package dev.openaigateway.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address read from its literal form. Names are never looked up. IPv4 inside IPv6 counts as IPv4. */
final class IpAddress {

    private static final Pattern V4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    /** Whatever has this shape is a literal to the JDK, or refused by it: it asks no name server. */
    private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]{1,44}");

    private final InetAddress address;

    private IpAddress(InetAddress address) {
        this.address = address;
    }

    /** Empty unless the text is an IPv4 or IPv6 literal; a zone ({@code %eth0}) is ignored. */
    static Optional<IpAddress> parse(String text) {
        int zone = text.indexOf('%');
        String literal = zone < 0 ? text : text.substring(0, zone);
        if (!V4.matcher(literal).matches() && !V6.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new IpAddress(InetAddress.getByName(literal)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    int bits() {
        return address.getAddress().length * Byte.SIZE;
    }

    /** Whether the first {@code prefix} bits are those of the other address; false for the other IP version. */
    boolean sharesPrefix(IpAddress other, int prefix) {
        return bits() == other.bits() && Arrays.equals(masked(prefix), other.masked(prefix));
    }

    /** The first {@code prefix} bits of an IPv6 address as text; an IPv4 address whole. */
    String network(int prefix) {
        return bits() == 32 ? toString() : HexFormat.of().formatHex(masked(prefix), 0, prefix / Byte.SIZE) + "/" + prefix;
    }

    /** The literal form in one spelling. */
    @Override
    public String toString() {
        return address.getHostAddress();
    }

    private byte[] masked(int prefix) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.max(0, Math.min(Byte.SIZE, prefix - i * Byte.SIZE));
            bytes[i] &= (byte) (0xff << Byte.SIZE - kept);
        }
        return bytes;
    }
}
